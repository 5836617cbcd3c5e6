/*
 * failures.js: says on the page that a partial request of htmx did not work out.
 * Without it a refusal or a lost connection would look like a button that does nothing.
 * A page of refusal carries its sentence in an element with data-reason.
 */
function say(text) {
  const place = document.getElementById("messages");
  if (!place) {
    return;
  }
  const note = document.createElement("div");
  note.className = "note bad";
  note.setAttribute("role", "alert");
  note.textContent = text;
  place.replaceChildren(note);
  place.scrollIntoView({ block: "center" });
}

/* What a page asks by itself, in the background, tells of its failures in its own place. */
function isQuiet(event) {
  return event.target.closest?.("[data-quiet]");
}

document.addEventListener("htmx:responseError", (event) => {
  if (isQuiet(event)) {
    return;
  }
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const reason = page.querySelector("[data-reason]");
  say(reason ? reason.textContent.trim() : "Не получилось. Обновите страницу и повторите.");
});

document.addEventListener("htmx:sendError", (event) => {
  if (isQuiet(event)) {
    return;
  }
  say("Нет связи с порталом. Проверьте соединение и повторите: введённое осталось на странице.");
});

/*
 * A whole page in answer to a request for a part is the sign-in page of an ended session (with
 * the fields it carries along) or another turn of the way: it is shown whole, not inside a row.
 */
document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.xhr.responseText.slice(0, 400);
  if (isQuiet(event) && /<html[\s>]/i.test(answer)) {
    event.detail.shouldSwap = false;
  } else if (event.detail.shouldSwap && /<html[\s>]/i.test(answer)) {
    event.detail.target = document.body;
    event.detail.swapOverride = "innerHTML";
    event.detail.selectOverride = "unset";
  }
});
