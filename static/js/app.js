/*
 * What the pages add when scripts run. Every page works without this file.
 *
 *   quick exit        a[data-quick-exit], or Shift three times: signs out, replaces the page with a neutral one
 *   drafts            form[data-draft-url]: posts its fields a second after the last keystroke; the answer's text
 *                     ("Utkast sparat 10.42") stands in [data-draft-status]
 *   sending           a form with drafts or a textarea: asks first whether the session still lasts; if not,
 *                     the text stays and template[data-unsent] says what to do
 *   session           [data-session-look]: warns two minutes before the session ends, for idleness or for good
 *   audience          [data-audience]: the button repeats the chosen option's data-submit-text
 *   choices           [data-only-with="outcome=close …"]: shown only while one of those options is chosen
 *   focus             moves to [data-focus] or the error summary after an htmx swap
 *   paper         [data-print-now]: the page was asked for to be printed. Printed from the menu instead, the
 *                 page of a [data-print] is asked for the same way, so that it is recorded
 *   copying           a[data-copy="id"]: copies that element's text and sends the form beside it, which notes it; where
 *                     the browser refuses, the link leads to the text
 *   old pages         a page that the browser kept is reloaded, so that Back shows only what may still be read
 */
(() => {
  "use strict";

  const WARN_SECONDS = 120;
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

  /* Paper --------------------------------------------------------------------- */
  window.addEventListener("load", () => {
    if (document.querySelector("[data-print-now]")) window.print();
  });
  window.addEventListener("beforeprint", () => {
    const link = document.querySelector("[data-print]");
    if (link) fetch(link.dataset.print, { keepalive: true, redirect: "manual", cache: "no-store" }).catch(() => {});
  });

  /* Copying --------------------------------------------------------------------- */
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-copy]");
    if (!link) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(document.getElementById(link.dataset.copy).textContent);
    } catch {
      window.location.assign(link.href);
      return;
    }
    document.getElementById("journal-form").requestSubmit();
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

  /* The session, as the server knows it ---------------------------------------- */
  const bar = document.querySelector("[data-session-look]");
  const tokens = () => document.querySelectorAll("input[name=csrfmiddlewaretoken]");

  // {seconds, longest, who, token}, without prolonging it; null where nobody is signed in any more.
  const lookAtSession = async () => {
    const answer = await fetch(bar.dataset.sessionLook, { redirect: "manual", cache: "no-store" });
    if (answer.status === 401 || answer.type === "opaqueredirect") return null;
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  };

  // "same", "lost" or "other". Whoever has signed in again in another tab has a new token: the forms get it.
  const whoIsHere = async () => {
    if (!bar) return "same";
    const session = await lookAtSession();
    if (!session) return "lost";
    if (session.who !== bar.dataset.sessionWho) return "other";
    tokens().forEach((input) => { input.value = session.token; });
    return "same";
  };

  /* Drafts ------------------------------------------------------------------ */
  const DRAFT_WORDS = { lost: "draftSignedOut", other: "draftOther", failed: "draftFailed" };

  const watchDraft = (form) => {
    const status = form.querySelector("[data-draft-status]");
    let timer = 0;
    let running = null;
    let typed = false;
    let sent = false;

    const say = (text) => { if (status) status.textContent = text; };

    const post = (signal) => fetch(form.dataset.draftUrl, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Requested-With": "fetch" },
      redirect: "manual",
      signal,
    });

    // Keeps what is typed: "saved", "lost", "other", "failed", or "gone" for what may no longer be written.
    const keep = async (signal) => {
      let answer = await post(signal);
      if (answer.status === 403) {
        const here = await whoIsHere();
        if (here !== "same") return here;
        answer = await post(signal);
      }
      if (answer.type === "opaqueredirect" || answer.status === 401) return "lost";
      if (answer.status === 404 || answer.status === 403) return "gone";
      if (!answer.ok) return "failed";
      say((await answer.text()).trim());
      return "saved";
    };

    const save = async () => {
      window.clearTimeout(timer);
      timer = 0;
      if (running) running.abort();
      running = new AbortController();
      typed = false;
      let outcome;
      try {
        outcome = await keep(running.signal);
      } catch (error) {
        outcome = error.name === "AbortError" ? "newer" : "failed";
      }
      if (outcome !== "saved" && outcome !== "newer") typed = true;
      if (outcome in DRAFT_WORDS) say(form.dataset[DRAFT_WORDS[outcome]]);
      return outcome;
    };

    form.addEventListener("input", () => {
      typed = true;
      window.clearTimeout(timer);
      timer = window.setTimeout(async () => {
        if (!sent && await save() === "gone") window.location.reload();
      }, DRAFT_PAUSE);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && timer && !sent) save();
    });
    return {
      saveNow: () => (typed || timer ? save() : "saved"),
      setSent: () => {
        sent = true;
        window.clearTimeout(timer);
        if (running) running.abort();
      },
    };
  };

  /* Sending ------------------------------------------------------------------ */
  // A long text is not sent into a session that has ended: first the server is asked, and the draft saved.
  // What is wrong is said in the form, and the text stays.
  const watchSending = (form) => {
    const draft = form.dataset.draftUrl ? watchDraft(form) : null;
    let asking = false;
    let passed = false;
    let insisted = false;

    const unsent = (why) => {
      form.querySelectorAll("[data-unsent-here]").forEach((old) => old.remove());
      const words = why && document.querySelector(`template[data-unsent="${why}"]`);
      if (!words) return;
      const box = document.createElement("div");
      box.dataset.unsentHere = "";
      box.tabIndex = -1;
      box.setAttribute("role", "alert");
      box.append(words.content.cloneNode(true));
      const buttons = [...form.querySelectorAll(".bb-actions")].pop();
      if (buttons) buttons.before(box);
      else form.append(box);
      box.focus();
    };

    const ask = async () => {
      try {
        const here = await whoIsHere();
        return here === "same" && draft ? await draft.saveNow() : here;
      } catch {
        return "failed";
      }
    };

    form.addEventListener("submit", async (event) => {
      if (passed) return;
      event.preventDefault();
      if (asking) return;
      asking = true;
      const outcome = await ask();
      asking = false;
      // Whoever presses again after a failure wants it sent, whatever becomes of the draft.
      const stops = outcome === "lost" || outcome === "other" || (outcome === "failed" && !insisted);
      insisted = outcome === "failed";
      unsent(stops ? outcome : "");
      if (stops) return;
      if (draft) draft.setSent();
      passed = true;
      // Meanwhile a part of the page may have been fetched anew, and the button with it.
      const pressed = event.submitter;
      const isIt = (one) => one.type === "submit" && one.name === pressed.name && one.value === pressed.value;
      form.requestSubmit(!pressed || pressed.form === form ? pressed : [...form.elements].find(isIt));
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

  /* Choices ------------------------------------------------------------------ */
  const watchChoices = (box) => {
    const wanted = box.dataset.onlyWith.split(" ").map((each) => each.split("="));
    const form = box.closest("form");
    if (!form) return;
    const show = () => {
      const chosen = [...form.querySelectorAll("input[type=radio]:checked, select")];
      box.hidden = !chosen.some((each) => wanted.some(([name, value]) => each.name === name && each.value === value));
    };
    form.addEventListener("change", show);
    show();
  };

  /* Session ------------------------------------------------------------------ */
  // The page's own reckoning starts when it was made; before anything is said the server is asked, since
  // drafts and other tabs prolong the session too.
  const watchSession = () => {
    const text = bar.querySelector("[data-session-text]");
    const button = bar.querySelector("[data-session-stay]");
    const signIn = bar.querySelector("[data-session-sign-in]");
    let timers = [];
    let endsAt = 0;

    const show = (words, { stay = false, enter = false } = {}) => {
      bar.hidden = false;
      button.hidden = !stay;
      signIn.hidden = !enter;
      // Emptied first, so that it is read aloud.
      text.textContent = "";
      window.setTimeout(() => { text.textContent = words; }, 100);
    };
    const ended = () => show(bar.dataset.sessionEnded, { enter: true });
    const warn = ({ seconds, longest }) => {
      const clock = new Date(Date.now() + seconds * 1000)
        .toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" }).replace(":", ".");
      const last = longest - seconds < WARN_SECONDS;
      show((last ? bar.dataset.sessionLast : bar.dataset.sessionIdle).replace("{clock}", clock), { stay: !last });
    };
    const look = async () => {
      try {
        const session = await lookAtSession();
        if (session && session.who === bar.dataset.sessionWho) start(session, true);
        else ended();
      } catch {
        // No answer says nothing of the session: what was known before still holds.
        if (Date.now() >= endsAt) ended();
        else timers.push(window.setTimeout(look, endsAt - Date.now()));
      }
    };
    const start = (session, known = false) => {
      timers.forEach(window.clearTimeout);
      endsAt = Date.now() + session.seconds * 1000;
      const soon = session.seconds <= WARN_SECONDS;
      if (soon && known) warn(session);
      else bar.hidden = true;
      const pause = soon && known ? session.seconds + 1 : Math.max(0, session.seconds - WARN_SECONDS);
      timers = [window.setTimeout(look, Math.min(pause * 1000, 2 ** 31 - 1))];
    };
    button.addEventListener("click", async () => {
      try {
        if (await whoIsHere() !== "same") return ended();
        const token = [...tokens()].map((input) => input.value)[0] || "";
        await fetch(bar.dataset.sessionAddress, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
      } catch { /* look says what is so */ }
      return look();
    });
    // A computer that slept has slept past its timers.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && Date.now() > endsAt - WARN_SECONDS * 1000) look();
    });
    start({ seconds: Number(bar.dataset.sessionSeconds), longest: Number(bar.dataset.sessionLongest) });
  };

  /* Everything above, for the page and for what htmx brings in ---------------- */
  const wake = (root) => {
    root.querySelectorAll("form").forEach((form) => {
      if (form.dataset.draftUrl || form.querySelector("textarea")) watchSending(form);
    });
    root.querySelectorAll("[data-audience]").forEach(watchAudience);
    root.querySelectorAll("[data-only-with]").forEach(watchChoices);
  };

  const focusIn = (root) => {
    const target = root.matches("[data-focus]") ? root : root.querySelector("[data-focus]");
    if (target) target.focus();
  };

  document.addEventListener("DOMContentLoaded", () => {
    wake(document);
    if (bar) watchSession();
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
