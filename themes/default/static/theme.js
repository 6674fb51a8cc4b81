/* What every page does. The reader's choice of colours: automatic, light, dark. Loaded in the head without defer, so that a stored choice holds
 * before anything is painted; the button works without storage too, for the page that it is on. */
(function () {
	"use strict";
	var KEY = "ismark-scheme", SCHEMES = ["auto", "light", "dark"], root = document.documentElement;
	var own = root.getAttribute("data-scheme"); /* what the theme's option says */

	function stored() {
		try {
			return localStorage.getItem(KEY);
		} catch (error) {
			return null; /* storage is off, or refused to files */
		}
	}

	function store(scheme) {
		try {
			localStorage.setItem(KEY, scheme);
		} catch (error) { /* then it holds for this page */ }
	}

	function apply(scheme) {
		if (scheme === "auto")
			root.removeAttribute("data-scheme");
		else
			root.setAttribute("data-scheme", scheme);
	}

	function known(scheme) {
		return SCHEMES.indexOf(scheme) >= 0 ? scheme : own || "auto";
	}

	function start() {
		var button = document.querySelector(".scheme-switch");
		if (!button)
			return;
		function show() {
			var scheme = root.getAttribute("data-scheme") || "auto", text = button.getAttribute("data-" + scheme);
			button.setAttribute("data-now", scheme);
			button.setAttribute("aria-label", text);
			button.title = text;
		}
		button.addEventListener("click", function () {
			var scheme = SCHEMES[(SCHEMES.indexOf(root.getAttribute("data-scheme") || "auto") + 1) % SCHEMES.length];
			apply(scheme);
			store(scheme);
			show();
		});
		window.addEventListener("storage", function (event) {
			if (event.key !== KEY)
				return;
			apply(known(event.newValue));
			show();
		});
		show();
		button.hidden = false;
	}

	function begin() {
		start();
		unfold();
	}

	/* The contents stand open beside the text; on a narrow screen they are folded above it. */
	function unfold() {
		var contents = document.querySelector(".beside > .contents details"), wide = window.matchMedia("(min-width: 64rem)");
		function follow() {
			contents.open = wide.matches;
		}
		if (!contents)
			return;
		wide.addEventListener("change", follow);
		follow();
	}

	apply(known(stored()));
	if (document.readyState === "loading")
		document.addEventListener("DOMContentLoaded", begin);
	else
		begin();
})();
