// Says how a text reads while it is typed. Without it the button beside the box says the same.
const PAUSE = 1000; // milliseconds without a key

function watch(panel) {
  const box = document.getElementById(panel.dataset.readsOf);
  const token = panel.closest("form").elements.csrfmiddlewaretoken.value;
  let waiting, asked = 0;

  async function ask() {
    const turn = ++asked;
    const body = new URLSearchParams({ text: box.value, csrfmiddlewaretoken: token });
    const answer = await fetch(panel.dataset.readsAt, { method: "POST", body }).catch(() => null);
    if (turn === asked && answer?.ok) panel.innerHTML = (await answer.json()).html;
  }

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}

document.querySelectorAll("[data-reads-of]").forEach(watch);
