"""Sidecars: files beside the texts that say what is known of them."""
