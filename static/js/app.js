/*
 * What the pages add when scripts run. Every page works without this file.
 *
 *   quick exit        a[data-quick-exit], or Shift three times: signs out, replaces the page with a neutral one
 *   drafts            form[data-draft-url]: posts its fields a second after the last keystroke; the answer's text
 *                     ("Utkast sparat 10.42") stands in [data-draft-status]
 *   session           [data-session-seconds]: warns two minutes before the session ends
 *   audience          [data-audience]: the button repeats the chosen option's data-submit-text
 *   focus             moves to [data-focus] or the error summary after an htmx swap
 *   old pages         a page that the browser kept is reloaded, so that Back shows only what may still be read
 */
(() => {
  "use strict";

  const WARN_SECONDS = 150;
  const DRAFT_PAUSE = 1000;

  const announce = (text) => {
    const region = document.getElementById("status");
    if (!region) return;
    const line = document.createElement("p");
    line.textContent = text;
    region.replaceChildren(line);
  };

  /* Old pages ------------------------------------------------------------- */
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      document.documentElement.hidden = true;
      window.location.reload();
    }
  });

  /* Quick exit ------------------------------------------------------------- */
  const exit = document.querySelector("a[data-quick-exit]");

  const leave = () => {
    document.documentElement.hidden = true;
    const signOut = document.querySelector("form[data-sign-out]");
    if (signOut) {
      fetch(signOut.action, { method: "POST", body: new FormData(signOut), keepalive: true, redirect: "manual" }).catch(() => {});
    }
    document.title = "";
    try { sessionStorage.clear(); localStorage.clear(); } catch { /* storage is closed to us: nothing to clear */ }
    window.location.replace(exit.href);
  };

  if (exit) {
    let presses = [];
    exit.addEventListener("click", (event) => {
      event.preventDefault();
      leave();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Shift") {
        presses = [];
        return;
      }
      if (event.repeat) return;
      const now = Date.now();
      presses = [...presses.filter((time) => now - time < 5000), now];
      if (presses.length >= 3) leave();
    });
  }

  /* Drafts ------------------------------------------------------------------ */
  const watchDraft = (form) => {
    const status = form.querySelector("[data-draft-status]");
    let timer = 0;
    let running = null;
    let sent = false;

    const say = (text) => { if (status) status.textContent = text; };

    const save = async () => {
      if (sent) return;
      if (running) running.abort();
      running = new AbortController();
      try {
        const answer = await fetch(form.dataset.draftUrl, {
          method: "POST",
          body: new FormData(form),
          headers: { "X-Requested-With": "fetch" },
          redirect: "manual",
          signal: running.signal,
        });
        if (answer.type === "opaqueredirect" || answer.status === 401) say(form.dataset.draftSignedOut);
        else if (answer.status === 404 || answer.status === 403) window.location.reload();
        else if (!answer.ok) say(form.dataset.draftFailed);
        else say((await answer.text()).trim());
      } catch (error) {
        if (error.name !== "AbortError") say(form.dataset.draftFailed);
      }
    };

    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(save, DRAFT_PAUSE);
    });
    form.addEventListener("submit", () => {
      sent = true;
      window.clearTimeout(timer);
      if (running) running.abort();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && timer && !sent) {
        window.clearTimeout(timer);
        timer = 0;
        save();
      }
    });
  };

  /* Audience ---------------------------------------------------------------- */
  const watchAudience = (box) => {
    const button = box.querySelector("[data-audience-button]");
    if (!button) return;
    const usual = button.dataset.audienceDefault;
    const repeat = () => {
      const chosen = box.querySelector("input:checked");
      button.textContent = (chosen && chosen.dataset.submitText) || usual;
    };
    box.addEventListener("change", repeat);
    repeat();
  };

  // Who may read can be chosen while new choices are on their way: those who are still offered stay chosen.
  const chosenIn = new WeakMap();
  const rememberAudience = (root) => {
    const chosen = root.querySelector("[data-audience] input:checked");
    if (chosen) chosenIn.set(root, chosen.value);
    else chosenIn.delete(root);
  };
  const chooseAgain = (root) => {
    const boxes = [...root.querySelectorAll("[data-audience] input[type=radio]")];
    const same = boxes.find((box) => box.value === chosenIn.get(root));
    if (same) same.checked = true;
  };

  /* Session ------------------------------------------------------------------ */
  const watchSession = (bar) => {
    const text = bar.querySelector("[data-session-text]");
    const button = bar.querySelector("[data-session-stay]");
    const warning = text.textContent;
    let timers = [];

    const ended = () => {
      bar.hidden = false;
      button.hidden = true;
      text.textContent = bar.dataset.sessionEnded;
    };
    const start = (seconds) => {
      timers.forEach(window.clearTimeout);
      bar.hidden = true;
      text.textContent = warning;
      timers = [
        window.setTimeout(() => {
          bar.hidden = false;
          text.textContent = "";
          window.setTimeout(() => { text.textContent = warning; }, 100);
        }, Math.min(Math.max(0, seconds - WARN_SECONDS) * 1000, 2 ** 31 - 1)),
        window.setTimeout(ended, Math.min(seconds * 1000, 2 ** 31 - 1)),
      ];
    };
    button.addEventListener("click", async () => {
      const token = document.querySelector("input[name=csrfmiddlewaretoken]");
      try {
        const answer = await fetch(bar.dataset.sessionAddress, {
          method: "POST",
          headers: token ? { "X-CSRFToken": token.value } : {},
          redirect: "manual",
        });
        if (answer.ok) start(Number(bar.dataset.sessionSeconds));
        else ended();
      } catch {
        ended();
      }
    });
    start(Number(bar.dataset.sessionSeconds));
  };

  /* Everything above, for the page and for what htmx brings in ---------------- */
  const wake = (root) => {
    root.querySelectorAll("form[data-draft-url]").forEach(watchDraft);
    root.querySelectorAll("[data-audience]").forEach(watchAudience);
  };

  const focusIn = (root) => {
    const target = root.matches("[data-focus]") ? root : root.querySelector("[data-focus]");
    if (target) target.focus();
  };

  document.addEventListener("DOMContentLoaded", () => {
    wake(document);
    document.querySelectorAll("[data-session-seconds]").forEach(watchSession);
    const summary = document.querySelector(".ds-error-summary");
    if (summary) summary.focus();
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    chooseAgain(event.detail.target);
    wake(event.detail.target);
    focusIn(event.detail.target);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    // What may no longer be read must not stay on the screen: the whole page is asked for again.
    if ([401, 403, 404].includes(event.detail.xhr.status)) window.location.reload();
    else rememberAudience(event.detail.target);
  });
  document.addEventListener("htmx:sendError", () => {
    const region = document.querySelector("[data-offline]");
    announce(region ? region.dataset.offline : "");
  });
})();
