/* A screen that waits: asks whether it was let in, becomes the wall by itself, and gets a new code in time. */
(function () {
  "use strict";
  var ASK_MS = 2000, CODE_MS = 14 * 60 * 1000, began = Date.now();

  async function ask() {
    try {
      var answer = await fetch("/api/device", { cache: "no-store", credentials: "same-origin" });
      var told = answer.ok ? await answer.json() : {};
      /* Where any browser is a wall by now, only who asked for a code goes on waiting for it. */
      var isIn = told.enrolled || told.admitted && location.pathname !== "/enrol";
      if (isIn) { location.replace(document.body.dataset.next); return; }
      /* Only a server that answers is asked for a page: a browser without one would show its own. */
      if (answer.ok && Date.now() - began > CODE_MS) { location.reload(); return; }
    } catch (error) { /* the next one */ }
    setTimeout(ask, ASK_MS);
  }
  setTimeout(ask, ASK_MS);
})();
