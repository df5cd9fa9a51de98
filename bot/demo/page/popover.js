// A small list that opens from a button: arrow keys walk through it, Escape and leaving it close it.

export function popover(host, button, list) {
  const open = (wanted) => {
    list.hidden = !wanted;
    button.setAttribute("aria-expanded", String(wanted));
    if (wanted) list.querySelector("button:not([hidden])")?.focus({ preventScroll: true });
  };
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => open(list.hidden));
  list.addEventListener("click", (event) => {
    if (!event.target.closest("button")) return;
    open(false);
    button.focus({ preventScroll: true });
  });
  host.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "Escape") {
      open(false);
      button.focus();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      walk(list, event.key === "ArrowDown" ? 1 : -1);
    }
  });
  host.addEventListener("focusout", (event) => {
    if (!list.hidden && !list.contains(event.relatedTarget) && event.relatedTarget !== button) open(false);
  });
}

function walk(list, step) {
  const all = [...list.querySelectorAll("button:not([hidden])")];
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
}
