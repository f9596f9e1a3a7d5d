// While a table is being published, show how far that is: fetch the page and take its state over; at the end, read it.
const WAIT = 2000; // ms

async function renew() {
  const old = document.getElementById("table-state");
  if (!old || !old.hasAttribute("data-busy")) return;
  try {
    const answer = await fetch(location.pathname, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("table-state");
    if (answer.ok && !(now && now.hasAttribute("data-busy"))) return location.reload();
    const [before, after] = [old, now].map((part) => part && part.querySelector("[role=status]"));
    if (after && after.textContent !== before.textContent) before.replaceChildren(...after.childNodes);
  } catch {
    // The site does not answer: what is shown stays, and we ask again.
  }
  setTimeout(renew, WAIT);
}

setTimeout(renew, WAIT);
