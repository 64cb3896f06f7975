/* Links change the address without loading the page anew; marks of a figure are links; the poll asks for refreshes. */
(function () {
  "use strict";
  var BASE = "/leadership/", PERIOD_MS = 2000, LONGEST_MS = 30000, TIMEOUT_MS = 5000;

  function own(href) { return typeof href === "string" && href.indexOf(BASE) === 0; }

  function open(href) {
    if (!own(href)) { return; }
    if (href !== location.pathname + location.search) {
      history.pushState({}, "", href);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    }
    document.querySelectorAll("details.menu[open]").forEach(function (menu) { menu.open = false; });
    window.scrollTo(0, 0);
  }

  document.addEventListener("click", function (event) {
    var inside = event.target.closest && event.target.closest("details.menu");
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (menu !== inside) { menu.open = false; }
    });
    var link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    if (link.classList.contains("plain") || link.target || link.hasAttribute("download")) { return; }
    var href = link.getAttribute("href");
    if (!own(href)) { return; }
    event.preventDefault();
    open(href);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      document.querySelectorAll("details.menu[open]").forEach(function (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
    if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
      var box = document.querySelector("#search, .search input, .search button");
      if (!box) { return; }
      event.preventDefault();
      box.click();
      setTimeout(function () {
        var field = document.querySelector(".dash-dropdown-search-container input");
        if (field) { field.focus(); }
      }, 50);
    }
  });

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.leadership = {
    /* A choice of the search box: opened, and the box is empty again. */
    open: function (value) {
      if (value) { open(value); return null; }
      return window.dash_clientside.no_update;
    },
    /* Marks of all figures: the first that was clicked and leads somewhere. */
    mark: function () {
      window.dash_clientside.callback_context.triggered.forEach(function (one) {
        var point = one.value && one.value.points && one.value.points[0];
        var target = point && point.customdata;
        open(Array.isArray(target) ? target[0] : target);
      });
      return window.dash_clientside.no_update;
    },
    columns: function (chosen, id) {
      var grid = chosen && window.dash_ag_grid && window.dash_ag_grid.getApi({ grid: id.columns });
      if (grid) {
        grid.getColumns().forEach(function (column) {
          if (!column.isPinned()) { grid.setColumnsVisible([column], chosen.indexOf(column.getColId()) >= 0); }
        });
      }
      return window.dash_clientside.no_update;
    },
    /* A page has arrived: its title, its readiness, said aloud once. */
    shown: function (page, later) {
      if (!page) { return ""; }
      if (later && later.n !== followed) { followed = later.n; queue = later.cards.slice(); }
      document.title = page.title;
      document.documentElement.dataset.version = page.version || "";
      turn += 1;
      requestAnimationFrame(function () { setTimeout(settled, 0, turn); });
      return page.title;
    }
  };

  /* The field of the search box that the Tab key reaches comes hidden from screen readers and without a name. */
  function named() {
    var field = document.querySelector(".search input[aria-hidden=true]");
    if (field) {
      field.removeAttribute("aria-hidden");
      field.setAttribute("aria-label", "查组织");
    }
    return !document.querySelector(".search") || document.querySelector(".search input") !== null;
  }

  /* Cards below the fold, made one by one once what is seen first is painted: the page answers in between. */
  var queue = [], followed = null, turn = 0;
  function follow(now) {
    if (now !== turn) { return; }
    var next = queue.shift();
    window.dash_clientside.set_props(next.id, { children: next.children });
    setTimeout(queue.length ? follow : settled, 0, now);
  }

  /* A figure is told to take the width of its card as soon as it comes; one that has it need not be drawn again. */
  function calm() {
    var plots = window.Plotly && window.Plotly.Plots, resize = plots && plots.resize;
    if (!resize || resize.isCalm) { return; }
    plots.resize = function (plot) {
      var drawn = plot && plot._fullLayout;
      var fits = drawn && drawn.width === plot.clientWidth && drawn.height === plot.clientHeight;
      return fits ? Promise.resolve(plot) : resize(plot);
    };
    plots.resize.isCalm = true;
  }

  /* Seen when what the page came with is painted, ready when every figure is and every table has its rows: what
     prints and tests wait for. */
  var LOOK_AGAIN_MS = 16;
  function settled(now) {
    if (now !== turn) { return; }
    calm();
    var page = document.getElementById("page");
    var loading = page && page.querySelector(".loading");
    var graphs = Array.from(document.querySelectorAll("#page .dash-graph"));
    var tables = Array.from(document.querySelectorAll("#page .ag-theme-quartz"));
    /* A card stands before its table or figure does: that of a table is code of its own, which comes late. */
    var cards = Array.from(document.querySelectorAll("#page .card.table, #page .card.figure"));
    var whole = page && !loading && named() && (queue.length || !page.querySelector(".to-come")) &&
      cards.every(function (card) { return card.querySelector(".ag-theme-quartz, .dash-graph, .to-come, .empty"); }) &&
      graphs.every(function (graph) { return graph.querySelector(".main-svg"); }) &&
      tables.every(function (table) {
        return table.querySelector(".ag-header-cell") &&
          table.querySelector(".ag-row .ag-cell, .ag-overlay-no-rows-center");
      });
    if (!whole) { setTimeout(settled, LOOK_AGAIN_MS, now); return; }
    document.documentElement.dataset.seen = location.pathname + location.search;
    if (queue.length) {
      requestAnimationFrame(function () { setTimeout(follow, 0, now); });
    } else {
      document.documentElement.dataset.ready = location.pathname + location.search;
    }
  }
  function left() {
    turn += 1;
    queue = [];
    delete document.documentElement.dataset.seen;
    delete document.documentElement.dataset.ready;
  }
  window.addEventListener("_dashprivate_pushstate", left);
  window.addEventListener("popstate", left);

  /* The poll: the state of the data into the header; a new version into the store the refresh listens to. */
  var etag = null, key = null, failures = 0;
  function say(state, word, label) {
    var node = document.getElementById("feed-state");
    if (!node) { return; }
    node.dataset.state = state;
    if (node.querySelector(".word").textContent !== word) { node.querySelector(".word").textContent = word; }
    if (node.querySelector(".true-at").textContent !== label) { node.querySelector(".true-at").textContent = label; }
  }
  async function poll() {
    var patience = new AbortController(), timer = setTimeout(function () { patience.abort(); }, TIMEOUT_MS);
    try {
      var response = await fetch("/api/leadership/version", { cache: "no-store", signal: patience.signal,
        headers: etag ? { "If-None-Match": etag } : {} });
      if (response.status === 200) {
        var last = await response.json();
        etag = response.headers.get("ETag");
        say(last.state, last.word, last.true_label);
        var build = document.getElementById("leadership");
        if (build && last.build && build.dataset.build !== last.build) { location.reload(); return; }
        /* A card that is still to come would come with the numbers of before: the next answer asks. */
        if (queue.length) { etag = null; } else if (last.key && last.key !== key && window.dash_clientside.set_props) {
          key = last.key;
          window.dash_clientside.set_props("auto-version", { data: key });
        }
      } else if (response.status !== 304) { throw new Error("status " + response.status); }
      failures = 0;
    } catch (error) {
      failures += 1;
      etag = null;
      if (failures > 1) { say("down", "连接中断", "画面可能不是最新"); }
    } finally { clearTimeout(timer); }
  }
  (async function () {
    for (;;) {
      if (document.getElementById("feed-state")) { await poll(); }
      var pause = Math.min(PERIOD_MS * Math.pow(1.6, failures), LONGEST_MS) * (document.hidden ? 5 : 1);
      await new Promise(function (go) { setTimeout(go, pause * (0.8 + 0.4 * Math.random())); });
    }
  })();
})();
