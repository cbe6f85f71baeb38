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
