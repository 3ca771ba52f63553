"""The screens: the browser itself and the dialogs over it."""
