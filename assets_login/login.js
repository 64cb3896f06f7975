/* Shows a pressed caps lock and the typed password, and fills in a demo account. */
(function () {
  "use strict";
  var caps = document.getElementById("caps");
  document.querySelectorAll("input[type=password]").forEach(function (input) {
    function look(event) {
      if (caps && event.getModifierState) { caps.hidden = !event.getModifierState("CapsLock"); }
    }
    input.addEventListener("keydown", look);
    input.addEventListener("keyup", look);
    input.addEventListener("blur", function () { if (caps) { caps.hidden = true; } });
  });
  document.querySelectorAll("button.show").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var input = document.getElementById(button.getAttribute("aria-controls"));
      var shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", String(shown));
    });
  });
  document.querySelectorAll("button[data-login]").forEach(function (button) {
    button.addEventListener("click", function () {
      document.getElementById("login").value = button.dataset.login;
      document.getElementById("password").value = button.dataset.password;
      document.querySelector("form button.main").focus();
    });
  });
})();
