"use strict";
// The page of one reader, around the terminal of textual-serve.
const begin = window.onload;
window.onload = async (event) => {
  const terminal = document.getElementById("terminal");
  const address = new URL("ws", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  address.search = "";
  terminal.dataset.sessionWebsocketUrl = address.href;
  document.querySelector("#ended button").onclick = () => location.reload();
  // Cells are measured once: not by another font than they are drawn in.
  await document.fonts.load("16px 'Roboto Mono'");
  new MutationObserver((_, observer) => {
    if (!terminal.classList.contains("-connected")) return;
    observer.disconnect();
    document.querySelector(".xterm-helper-textarea").focus();
  }).observe(terminal, { attributes: true });
  // The terminal would take it for a control character; the browser pastes.
  document.addEventListener("keydown", (pressed) => {
    if (pressed.ctrlKey && !pressed.shiftKey && pressed.key === "v") pressed.stopPropagation();
  }, true);
  begin(event);
};
