/**
 * Filters the list of municipalities while one types. Local: no request, no changed address,
 * nothing kept.
 *
 * Expects: a hidden element with an input whose aria-controls names the list, a [role=status]
 * and the texts data-one, data-many ("{n} …") and data-none. Items are li that begin
 * with a link; data-also holds more words to match (the county).
 */
export const fold = (text) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();

// What people write around the name: "Lunds kommun", "Stockholms stad", "kommunen i Lund", or the beginning of it.
const AROUND = /(^| )(kommun|kommunen|kommuns|stad|staden|stads|region|i)(?= |$)/g;
const BEGUN = / (k|ko|kom|komm|kommu|kommune|s|st|sta|stade)$/;
const bareName = (words) => words.replace(AROUND, " ").trim().replace(BEGUN, "").replace(/ +/g, " ").trim();

export default function contactFilter(element) {
  const input = element.querySelector("input");
  const status = element.querySelector("[role=status]");
  const list = input && document.getElementById(input.getAttribute("aria-controls"));
  if (!status || !list) throw new Error("input, status or list missing");

  const groups = [...list.children];
  const items = [...list.querySelectorAll("li")].map((item) => ({
    item,
    name: fold(item.querySelector("a").textContent),
    also: fold(item.dataset.also || ""),
  }));
  let hits = [];

  const beginning = (words) => items.filter(({ name }) => ` ${name}`.includes(` ${words}`));

  // With "kommun" beside it the name is whole: "Marks kommun" is Mark, and not Markaryd.
  const whole = (words) => {
    const exact = items.filter(({ name }) => name === words);
    return exact.length || !words ? exact : beginning(words);
  };

  const first = (...searches) => {
    for (const search of searches) {
      const found = search();
      if (found.length) return found;
    }
    return [];
  };

  // The county counts only when no municipality has the name: "Örebro" is one hit, "Skåne" is 33.
  const find = (words) =>
    first(
      () => beginning(words),
      () => items.filter(({ also }) => also.startsWith(words)),
      () => whole(bareName(words)),
      () => whole(bareName(words).replace(/s$/, "")),
      () => (bareName(words) ? [] : items),
    );

  const say = (query) => {
    if (!query) status.textContent = "";
    else if (hits.length === 0) status.textContent = element.dataset.none;
    else if (hits.length === 1) status.textContent = element.dataset.one;
    else status.textContent = element.dataset.many.replace("{n}", hits.length);
  };

  const filter = () => {
    const query = fold(input.value);
    hits = find(query);
    for (const entry of items) entry.item.hidden = !hits.includes(entry);
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
    say(query);
  };

  input.addEventListener("input", filter);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    filter();
    if (hits.length === 1) hits[0].item.querySelector("a").click();
  });
  addEventListener("pagehide", () => {
    input.value = "";
    filter();
  });
  element.hidden = false;
}
