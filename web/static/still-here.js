// Warns before the clock signs somebody out, and covers the page once it has. Without this the server does the same unseen,
// and what was typed is kept all the same.
const { ask, leave, seconds } = document.getElementById("still-here").dataset;
const WARN = 3 * 60; // seconds before the end
const TYPING = 5 * 60 * 1000; // how often a key that is pressed counts as asking for a page
let typed = false;
let told = Date.now();
let timer;

const left = async (only) => {
  const answer = await fetch(ask, { headers: only ? { "X-Only-Asking": "1" } : {}, redirect: "manual", cache: "no-store" });
  return answer.ok ? (await answer.json()).seconds : 0;
};

const dialog = document.createElement("dialog");
dialog.className = "app-still-here";
dialog.setAttribute("aria-labelledby", "still-here-title");
dialog.innerHTML = `<h2 class="nhsuk-heading-m" id="still-here-title" tabindex="-1"></h2><p></p><button class="nhsuk-button" type="button"></button>`;
document.body.append(dialog);
const [title, words, button] = dialog.children;

function show(heading, text, label, act) {
  title.textContent = heading;
  words.textContent = text;
  button.textContent = label;
  button.onclick = act;
  if (!dialog.open) dialog.showModal();
  title.focus();
}

function over() {
  dialog.classList.add("app-still-here--over");
  dialog.oncancel = (event) => event.preventDefault();
  const form = typed && typed.isConnected ? typed : null;
  show(
    "You have been signed out",
    form ? "What you typed is kept. Sign in, and you can send it." : "Nobody else can use this page now.",
    "Sign in again",
    () => (form ? form.requestSubmit() : location.assign(`${leave}?next=${encodeURIComponent(location.pathname + location.search)}`)),
  );
}

async function look() {
  const still = await left(true).catch(() => WARN + 60);
  if (still <= 0) over();
  else if (still > WARN) wait(still);
  else {
    show(
      "Are you still there?",
      `In ${Math.max(1, Math.round(still / 60))} minutes you will be signed out, so that nobody else can use the page. What you typed is kept.`,
      "Stay signed in",
      () => dialog.close(),
    );
    timer = setTimeout(look, still * 1000 + 1000);
  }
}

// Another tab may have begun the time anew, so it is asked each time before anything is said.
function wait(still) {
  clearTimeout(timer);
  timer = setTimeout(look, Math.max(1, still - WARN) * 1000);
}

document.addEventListener("input", ({ target }) => {
  typed = target.form ?? typed;
  if (Date.now() - told > TYPING) {
    told = Date.now();
    left(false).then(wait, () => {});
  }
});
dialog.addEventListener("close", () => left(false).then(wait, () => {}));
wait(Number(seconds));
