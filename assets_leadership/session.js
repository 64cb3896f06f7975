/* A login that ended while the page was open: the next answer leads to the login page, and from there back here. */
(function () {
  "use strict";
  var asked = window.fetch;
  window.fetch = function () {
    return asked.apply(this, arguments).then(function (response) {
      if (response.status === 401 && new URL(response.url).origin === location.origin) {
        response.clone().json().then(function (said) {
          if (said && typeof said.go === "string" && said.go.indexOf("/leadership/") === 0) {
            location.assign(said.go + "?why=expired&next=" + encodeURIComponent(location.pathname + location.search));
          }
        }, function () {});
      }
      return response;
    });
  };
})();
