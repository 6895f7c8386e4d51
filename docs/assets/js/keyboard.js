/* What the theme leaves to the mouse: the drawer of a phone, its panels, the button of the colours, and boxes that
   scroll sideways. Its buttons are labels of hidden checkboxes; the theme lets Enter press one that has the focus. */
"use strict";
(() => {
  const drawer = document.getElementById("__drawer");
  const sidebar = () => document.querySelector(".md-sidebar--primary"); // each page brings its own
  const label = document.querySelector('.md-header__button[for="__drawer"]');
  const opener = Object.assign(document.createElement("button"), {
    type: "button",
    className: `${label.className} drawer-button`,
    ariaLabel: document.querySelector(".md-nav--primary").ariaLabel,
    onclick: () => drawer.click(),
  });
  opener.append(...label.childNodes);
  label.replaceWith(opener);

  function drawerChanged() {
    opener.ariaExpanded = drawer.checked;
    if (!drawer.checked) {
      if (sidebar().contains(document.activeElement)) opener.focus();
      return;
    }
    [...sidebar().querySelectorAll("a, label[tabindex]")]
      .find(one => one.checkVisibility({ visibilityProperty: true }))?.focus();
  }

  // A panel slides over the one before it: to its title, which leads back; or back to where it was opened.
  function panelChanged(toggle) {
    const item = toggle.parentElement;
    item.querySelector(toggle.checked ? ":scope > .md-nav > .md-nav__title" : ":scope > label").focus();
  }

  document.addEventListener("change", ({ target }) => {
    if (target === drawer) drawerChanged();
    else if (target.matches(".md-nav__toggle")) panelChanged(target);
  });

  document.addEventListener("keydown", event => {
    const { key, target } = event;
    const press = key === "Enter" || key === " ";
    if (key === "Escape" && drawer.checked) drawer.click();
    else if (key === " " && target.matches("label[tabindex]")) target.click();
    else if (press && target.matches(".md-option")) {
      const next = target.nextElementSibling.control;
      next.click();
      next.focus();
    } else return;
    event.preventDefault();
  });

  // The theme closes the search and takes the focus from it before Tab leads on; Safari would begin again at the top of the
  // page. So here it is only closed.
  const query = document.querySelector(".md-search__input");
  addEventListener("keydown", event => {
    if (event.key !== "Tab" || event.target !== query) return;
    event.stopPropagation();
    const search = document.getElementById("__search");
    if (search.checked) search.click();
  }, true);

  // On a phone the open search holds the page, and a moment after Tab has led on lets it go where it was before.
  query.addEventListener("blur", () => setTimeout(() => {
    if (document.activeElement !== document.body) document.activeElement.scrollIntoView({ block: "nearest" });
  }, 300));

  // Who leaves the open drawer would move about behind it.
  document.addEventListener("focusin", ({ target }) => {
    if (drawer.checked && target !== drawer && target !== opener && !sidebar().contains(target)) drawer.click();
  });

  // Of code the theme takes care itself, but only where there is a mouse.
  const boxes = new ResizeObserver(entries => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });

  function pageShown() {
    drawerChanged();
    document.querySelectorAll(".md-nav--primary label[for]").forEach(label => { label.tabIndex = 0; });
    document.querySelectorAll(".formula, .table, .figure, pre > code").forEach(box => boxes.observe(box));
  }

  window.document$.subscribe(pageShown); // the theme's stream of pages: the first one and each that follows
})();
