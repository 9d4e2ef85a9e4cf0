/**
 * A dialog in which one looks up what a text refers to. pick(kind, label, address) gives the chosen row, or undefined.
 *
 * The address answers {rows: [{title, note, …}]} to kind and q. Escape closes, as in every dialog; the arrows move
 * between the rows, which are buttons.
 */
const QUIET = 250;

export function pick(kind, label, address) {
  const dialog = document.createElement("dialog");
  dialog.className = "picker";
  dialog.setAttribute("aria-label", `Välj ${label.toLowerCase()}`);
  const heading = Object.assign(document.createElement("h2"), { textContent: `Välj ${label.toLowerCase()}` });
  const search = Object.assign(document.createElement("input"), { type: "search", autocomplete: "off" });
  search.setAttribute("aria-label", "Sök");
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const list = document.createElement("ul");
  const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Avbryt", className: "picker__close" });
  dialog.append(heading, search, status, list, close);
  document.body.append(dialog);

  let asked;
  let waiting;
  let chosen;

  const row = (found) => {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: found.title });
    button.append(Object.assign(document.createElement("span"), { textContent: found.note }));
    button.addEventListener("click", () => {
      chosen = found;
      dialog.close();
    });
    item.append(button);
    return item;
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    try {
      const query = new URLSearchParams({ kind, q: search.value });
      const answer = await fetch(`${address}?${query}`, { signal: asked.signal });
      if (!answer.ok) throw new Error(answer.status);
      const { rows } = await answer.json();
      list.replaceChildren(...rows.map(row));
      status.textContent = rows.length ? "" : "Inget hittades. Prova ett annat ord.";
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = "Servern svarar inte just nu. Försök igen.";
    }
  };

  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, QUIET);
  });
  dialog.addEventListener("keydown", (event) => {
    const stops = [search, ...list.querySelectorAll("button")];
    const at = stops.indexOf(document.activeElement);
    if (event.key === "Enter" && at === 0) {
      event.preventDefault();
      stops[1]?.click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      stops.at((at + (event.key === "ArrowDown" ? 1 : -1)) % stops.length).focus();
    }
  });
  close.addEventListener("click", () => dialog.close());

  dialog.showModal();
  ask();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      asked?.abort();
      dialog.remove();
      resolve(chosen);
    }),
  );
}
