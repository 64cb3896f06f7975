/* Lists that are turned over: as many items are seen as fit, never a scroll bar. */
(function () {
  "use strict";
  var kiosk = (window.kiosk = window.kiosk || {});
  kiosk.turned = {};
  var screens = {};

  kiosk.turn = function (words) {
    var at = words.lastIndexOf(":"), name = words.slice(0, at), last = (screens[name] || 1) - 1;
    kiosk.turned[name] = Math.min(last, Math.max(0, (kiosk.turned[name] || 0) + Number(words.slice(at + 1))));
  };

  /* How many items fit into a list, all of them as high as the highest. */
  kiosk.fitting = function (list, items) {
    var style = getComputedStyle(list), columns = style.gridTemplateColumns.split(" ").length;
    var gap = parseFloat(style.rowGap) || 0;
    var height = Math.max.apply(null, items.map(function (item) { return item.getBoundingClientRect().height; }));
    if (!height) { return items.length; }
    return columns * Math.max(1, Math.floor((list.clientHeight + gap + 1) / (height + gap)));
  };

  kiosk.tell = function (name, place, count) {
    screens[name] = count;
    kiosk.all('[data-turned="' + name + '"]').forEach(function (part) { part.textContent = (place + 1) + " / " + count; });
    kiosk.all('[data-turn^="' + name + ':"]').forEach(function (part) {
      part.disabled = Number(part.dataset.turn.split(":")[1]) < 0 ? place === 0 : place >= count - 1;
    });
    kiosk.all('[data-pager="' + name + '"]').forEach(function (part) { part.classList.toggle("single", count < 2); });
  };

  function show(list) {
    if (!list.offsetParent) { return; }
    var name = list.dataset.paged, items = Array.from(list.children);
    var wanted = items.filter(function (item) {
      var group = item.dataset.filter;
      return !group || kiosk.picks[group] === "all" || kiosk.picks[group] === item.dataset.kind;
    });
    items.forEach(function (item) { item.classList.toggle("off", wanted.indexOf(item) < 0); });
    if (!wanted.length) { kiosk.tell(name, 0, 1); return; }
    /* Without its buttons the list has more room: where all fit then, there are none. */
    kiosk.tell(name, 0, 1);
    var fit = kiosk.fitting(list, wanted.slice(0, 24));
    if (fit < wanted.length) { kiosk.tell(name, 0, 2); fit = kiosk.fitting(list, wanted.slice(0, 24)); }
    var count = Math.ceil(wanted.length / fit);
    var place = Math.min(kiosk.turned[name] || 0, count - 1);
    wanted.forEach(function (item, at) { item.classList.toggle("off", Math.floor(at / fit) !== place); });
    kiosk.tell(name, place, count);
  }

  kiosk.applied = kiosk.applied || [];
  kiosk.applied.push(function () { kiosk.all("[data-paged]").forEach(show); });
})();
