/**
 * Keeps what is typed in a form: warns before the page is left, and does not send while the server does not answer.
 *
 * Expects: an empty element in the form, hidden and with role=alert, with data-alive, an address that answers while the
 * server and its database do, and data-away, what to say when it does not. A button with formtarget opens a window
 * beside this one and saves nothing.
 */
export default function typedGuard(status) {
  const form = status.closest("form");
  const { alive, away } = status.dataset;
  if (!form || !alive || !away) throw new Error("form, address or text missing");

  const state = () => new URLSearchParams(new FormData(form)).toString();
  let shown;
  let leaving = false;
  // Django's own widgets fill in some fields while the page loads.
  setTimeout(() => (shown = state()));
  // A form that comes back with faults holds what nobody has saved.
  const unsaved = () => Boolean(form.querySelector(".errorlist")) || (shown !== undefined && state() !== shown);

  addEventListener("beforeunload", (event) => {
    if (!leaving && unsaved()) event.preventDefault();
  });

  const answers = async () => {
    try {
      const answer = await fetch(alive, { cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(8000) });
      // Who is logged out gets a page that keeps the form, so only the server's own faults stop it.
      return answer.status < 500;
    } catch {
      return false;
    }
  };

  form.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (leaving || button?.formTarget) return;
    event.preventDefault();
    if (await answers()) {
      leaving = true;
      form.requestSubmit(button);
    } else {
      status.textContent = away;
      status.hidden = false;
      status.scrollIntoView({ block: "center" });
    }
  });
}
