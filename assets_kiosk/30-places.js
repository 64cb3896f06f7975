/* Public places: nearest first, narrowed by town, kind or the first letters of the name. */
(function () {
  "use strict";
  var kiosk = (window.kiosk = window.kiosk || {});
  var NAME = 0, INITIALS = 1, GROUP = 2, WORD = 3, TOWN = 4, TOWN_ID = 5, LNG = 6, LAT = 7, ADDRESS = 8, PHONE = 9;
  var WINDS = ["北", "东北", "东", "东南", "南", "西南", "西", "西北"];
  var rows = [], digest = null, asking = false, LONGEST = 12;

  async function load() {
    var root = kiosk.root();
    if (!root || asking || root.dataset.placesDigest === digest || !root.dataset.placesDigest) { return; }
    asking = true;
    try {
      var wanted = root.dataset.placesDigest;
      var answer = await fetch(root.dataset.placesUrl, { cache: "no-cache" });
      if (!answer.ok) { throw new Error("status " + answer.status); }
      rows = await answer.json();
      digest = wanted;
      kiosk.apply();
    } catch (error) { /* the list in hand stands; the next version asks again */ }
    asking = false;
  }

  function here() {
    /* One server may have several kiosks: an address tells where its own stands. */
    var at = new URLSearchParams(location.search).get("at") || kiosk.root().dataset.place || "";
    var words = at.split(",").map(Number);
    return words.length === 2 && words.every(isFinite) && words[0] ? words : null;
  }

  /* Metres and wind from the kiosk to a place. */
  function way(from, row) {
    if (!from || row[LNG] === null || row[LAT] === null) { return null; }
    var east = (row[LNG] - from[0]) * Math.cos(from[1] * Math.PI / 180) * 111195, north = (row[LAT] - from[1]) * 111195;
    var wind = (Math.round(Math.atan2(east, north) / (Math.PI / 4)) + 8) % 8;
    return { metres: Math.hypot(east, north), wind: WINDS[wind] };
  }

  function far(found) {
    if (!found) { return ""; }
    if (found.metres < 50) { return "就在这里"; }
    var words = found.metres < 1000 ? Math.round(found.metres / 10) * 10 + " 米" : (found.metres / 1000).toFixed(1) + " 公里";
    return found.wind + " " + words;
  }

  kiosk.type = function (key) {
    var typed = kiosk.picks.query || "";
    if (key === "clear") { typed = ""; } else if (key === "back") { typed = typed.slice(0, -1); }
    else if (typed.length < LONGEST) { typed += key; }
    kiosk.picks.query = typed;
    kiosk.turned = {};
  };

  function wanted() {
    var from = here(), group = kiosk.picks.places || "all", town = kiosk.picks.town || "", query = kiosk.picks.query || "";
    var found = rows.filter(function (row) {
      if (query) { return row[INITIALS].indexOf(query) >= 0; }
      return (group === "all" || row[GROUP] === group) && (!town || String(row[TOWN_ID]) === town);
    }).map(function (row) { return { row: row, way: way(from, row) }; });
    if (from) { found.sort(function (a, b) { return (a.way ? a.way.metres : 1e9) - (b.way ? b.way.metres : 1e9); }); }
    if (query) { found.sort(function (a, b) { return a.row[INITIALS].indexOf(query) - b.row[INITIALS].indexOf(query); }); }
    return found;
  }

  function part(kind, words, parent) {
    var made = document.createElement("div");
    made.className = kind;
    made.textContent = words;
    parent.appendChild(made);
    return made;
  }

  function line(found, direct) {
    var row = found.row, made = document.createElement("div");
    made.className = "place g-" + row[GROUP];
    part("name", row[NAME], made);
    part("note", [row[WORD], row[TOWN] || direct, row[ADDRESS], row[PHONE]].filter(Boolean).join(" · "), made);
    part("far", far(found.way), made);
    return made;
  }

  function title(list, count) {
    var town = kiosk.picks.town && document.querySelector('[data-show="town:' + kiosk.picks.town + '"] .town-name');
    var where = town ? town.textContent : list.dataset.words;
    var order = here() ? "由近及远" : "按名称";
    var words = kiosk.picks.query ? "名称首字母含 " + kiosk.picks.query : where + "公开的阵地和党组织 · " + order;
    return words + " · 共 " + count + " 个";
  }

  function show() {
    load();
    var list = document.querySelector("[data-places]");
    kiosk.all("[data-query]").forEach(function (shown) { shown.textContent = kiosk.picks.query || ""; });
    nearest();
    if (!list || !list.offsetParent) { return; }
    var found = wanted(), direct = list.dataset.direct;
    /* First of all: this line and the buttons take room from the list. */
    kiosk.tell("places-list", 0, 2);
    kiosk.all("[data-places-head]").forEach(function (head) { head.textContent = title(list, found.length); });
    list.replaceChildren.apply(list, found.slice(0, 12).map(function (one) { return line(one, direct); }));
    var fit = list.children.length ? kiosk.fitting(list, Array.from(list.children)) : 1;
    var count = Math.max(1, Math.ceil(found.length / fit)), place = Math.min(kiosk.turned["places-list"] || 0, count - 1);
    list.replaceChildren.apply(list, found.slice(place * fit, (place + 1) * fit).map(function (one) { return line(one, direct); }));
    kiosk.tell("places-list", place, count);
  }

  /* The next centre. */
  function nearest() {
    var from = here();
    kiosk.all("[data-nearest]").forEach(function (place) {
      var centres = rows.filter(function (row) { return row[GROUP] === place.dataset.nearest; })
        .map(function (row) { return { row: row, way: way(from, row) }; });
      if (from) { centres.sort(function (a, b) { return (a.way ? a.way.metres : 1e9) - (b.way ? b.way.metres : 1e9); }); }
      if (!centres.length || (place.told === digest && place.firstChild)) { return; }
      place.told = digest;
      place.replaceChildren();
      /* Where nobody knows where the kiosk stands, none is the nearest. */
      if (!from) { part("note", "轻触下方按钮，按名称或在地图上查找", place); return; }
      part("name", centres[0].row[NAME], place);
      part("note", [centres[0].row[TOWN], centres[0].row[ADDRESS], centres[0].row[PHONE], far(centres[0].way)].filter(Boolean).join(" · "), place);
    });
  }

  kiosk.applied = kiosk.applied || [];
  kiosk.applied.push(show);
})();
