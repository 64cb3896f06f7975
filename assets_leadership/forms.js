/* A button that was pressed may be gone with its answer: the word about it takes the focus, so that Tab goes on there. */
(function () {
  "use strict";
  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.forms = {
    focus: function (children, id) {
      setTimeout(function () {
        var lost = !document.activeElement || document.activeElement === document.body;
        var word = document.getElementById(JSON.stringify(id));
        if (children && lost && word) { word.focus(); }
      }, 100);
      return window.dash_clientside.no_update;
    }
  };
})();
