// Wakes the NHS.UK components. Every page works without it.
import { initAll } from "./nhsuk/nhsuk-frontend.min.js";

// The component says on a radio whether it opened a question. ARIA does not allow that on a radio, and checkers count it as a fault.
function tidyRadios() {
  document.querySelectorAll('input[type="radio"][aria-expanded]').forEach((radio) => radio.removeAttribute("aria-expanded"));
}

initAll();
tidyRadios();
document.addEventListener("click", tidyRadios);
window.addEventListener("pageshow", tidyRadios);

// The note of a short form opens while the keyboard is on it. By mouse or touch, and without this, a press opens it; Escape closes it.
const noteOf = (word) => document.getElementById(word.getAttribute("popovertarget"));
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(".app-word:focus-visible")) noteOf(target).showPopover?.({ source: target });
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  if (target.matches(".app-word") && !noteOf(target).contains(relatedTarget)) noteOf(target).hidePopover?.();
});
