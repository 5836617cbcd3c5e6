/*
 * rows.js: the table of a plan by mouse, finger and keys. All of it is done by buttons without it:
 * what needs this script is hidden (data-script) until the script is there.
 */
let dragged = null;
let dropped = null;
let focusOn = "";

const rowOf = (node) => node?.closest?.("#plan tr[id^='row-']");
const number = (row) => row.id.replace("row-", "");

function move(row, to) {
  focusOn = row.id;
  const url = row.querySelector("[data-grip]").dataset.grip;
  window.htmx.ajax("POST", url, { target: "#plan", swap: "outerHTML", values: { to } });
}

function stageOf(part) {
  return part.querySelector(".group").id.replace("stage-", "");
}

/* Where the row goes if it is let go at this point: words of the address, and what to mark. */
function placeAt(x, y) {
  const over = document.elementFromPoint(x, y)?.closest("#plan tbody tr");
  if (!over) {
    return null;
  }
  const part = over.closest("tbody");
  if (!rowOf(over)) {
    const isEnd = over.id.startsWith("add-");
    return { to: isEnd ? stageOf(part) : `first-${stageOf(part)}`, mark: over, above: isEnd };
  }
  const box = over.getBoundingClientRect();
  if (y > box.top + box.height / 2) {
    return { to: `after-${number(over)}`, mark: over, above: false };
  }
  let before = over.previousElementSibling;
  while (before && !rowOf(before)) {
    before = before.previousElementSibling;
  }
  return { to: before ? `after-${number(before)}` : `first-${stageOf(part)}`, mark: over, above: true };
}

function mark(place) {
  dropped?.mark.removeAttribute("data-drop");
  dropped = place;
  place?.mark.setAttribute("data-drop", place.above ? "above" : "below");
}

function letGo() {
  dragged?.removeAttribute("data-dragged");
  mark(null);
  dragged = null;
}

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.("[data-grip]");
  if (grip && event.button === 0) {
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    dragged = rowOf(grip);
    dragged.setAttribute("data-dragged", "");
  }
});

document.addEventListener("pointermove", (event) => {
  if (dragged) {
    mark(placeAt(event.clientX, event.clientY));
    const edge = event.clientY < 60 ? -16 : event.clientY > window.innerHeight - 60 ? 16 : 0;
    window.scrollBy(0, edge);
  }
});

document.addEventListener("pointerup", () => {
  const [row, place] = [dragged, dropped];
  letGo();
  if (row && place && place.mark !== row) {
    move(row, place.to);
  }
});

document.addEventListener("pointercancel", letGo);

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && dragged) {
    letGo();
    return;
  }
  const row = rowOf(event.target);
  const open = event.target.closest?.("#plan tr.open");
  if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key) && row && row !== open) {
    event.preventDefault();
    move(row, event.key === "ArrowUp" ? "up" : "down");
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && open) {
    const next = open.querySelector("[data-next]");
    if (next && !event.repeat) {
      event.preventDefault();
      // The field is left first: it says that it was changed, and the text is taken as typed.
      next.focus();
      next.click();
    }
  } else if (event.key === "Escape" && open) {
    const close = open.querySelector("[data-close]");
    // A new row leaves nothing behind: the focus goes to the row above it or the button that opened it.
    const above = open.querySelector("[name=after]")?.value;
    focusOn = row?.id ?? (above ? `row-${above}` : `add-${stageOf(open.closest("tbody"))}`);
    close?.setAttribute("data-close", "keep");
    close?.click();
  }
});

document.addEventListener("click", (event) => {
  const pick = event.target.closest?.("[data-pick]");
  if (pick) {
    const ticks = [...pick.closest("tbody").querySelectorAll("input[name=rows]")];
    const isAll = ticks.every((tick) => tick.checked);
    ticks.forEach((tick) => {
      tick.checked = !isAll;
    });
  }
});

document.addEventListener("htmx:load", (event) => {
  event.target.querySelectorAll?.("[data-script][hidden]").forEach((node) => {
    node.hidden = false;
  });
});

document.addEventListener("htmx:afterSettle", () => {
  // Not while the row is still open: another part of the page may have settled meanwhile.
  const link = focusOn && document.querySelector(`#${focusOn}:not(.open) td a`);
  if (link) {
    focusOn = "";
    link.focus();
  }
});
