// While work is under way, show how far it is: fetch the page and take its state over. A state that says
// data-then="reload" has more to show when it has ended than itself: then the whole page is shown again.
const WAIT = 2000; // ms

async function renew() {
  const old = document.getElementById("state");
  if (!old || !old.hasAttribute("data-busy")) return;
  try {
    const answer = await fetch(location.pathname, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("state");
    if (answer.ok && now) {
      if (old.dataset.then === "reload" && !now.hasAttribute("data-busy")) return location.reload();
      old.replaceWith(now);
    }
  } catch {
    // The site does not answer: what is shown stays, and we ask again.
  }
  setTimeout(renew, WAIT);
}

setTimeout(renew, WAIT);
