// While synonyms are brought into force, show how far that is: fetch the page and take its state over.
const WAIT = 2000; // ms

async function renew() {
  const old = document.getElementById("state");
  if (!old || !old.hasAttribute("data-busy")) return;
  try {
    const answer = await fetch(location.pathname, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.getElementById("state");
    if (answer.ok && now) old.replaceWith(now);
  } catch {
    // The site does not answer: what is shown stays, and we ask again.
  }
  setTimeout(renew, WAIT);
}

setTimeout(renew, WAIT);
