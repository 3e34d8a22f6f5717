"use strict";
(() => {
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  const stored = (write) => {
    try {
      return write ? localStorage.setItem("spmlint-theme", write) : localStorage.getItem("spmlint-theme");
    } catch {
      return null; // a browser that keeps nothing for files of the disk
    }
  };
  const isDark = () => getComputedStyle(root).colorScheme === "dark" ||
    (getComputedStyle(root).colorScheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  const show = (name) => {
    if (name === "dark" || name === "light") root.dataset.theme = name;
    theme.setAttribute("aria-pressed", String(isDark()));
  };
  theme.hidden = false;
  show(stored());
  theme.addEventListener("click", () => {
    const name = isDark() ? "light" : "dark";
    show(name);
    stored(name);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show());

  const form = document.getElementById("filters");
  if (!form) return;
  const shown = document.getElementById("shown");
  const said = (element) => element.textContent.toLowerCase();
  const rows = new Map([...document.querySelectorAll("tr[data-job]")].map((row) => [row.dataset.job, row]));
  const groups = [...document.querySelectorAll("article.job, article.file")].map((element) => ({
    element,
    row: rows.get(element.id),
    isJob: element.classList.contains("job"),
    heading: said(element.firstElementChild),
    list: element.querySelector(".findings"),
    findings: [...element.querySelectorAll(".findings > li")].map((item) => ({ item, text: said(item) })),
  }));
  const total = groups.reduce((sum, group) => sum + group.findings.length, 0);
  const boxes = [...form.querySelectorAll("input[name=severity]")];
  const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
  const everything = shown.textContent;

  const narrow = () => {
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const rule = form.elements.rule.value;
    const text = form.elements.text.value.trim().toLowerCase();
    const byKind = severities.size < boxes.length || rule !== "";
    let findings = 0;
    let jobs = 0;
    for (const group of groups) {
      const named = group.heading.includes(text);
      let left = 0;
      for (const { item, text: words } of group.findings) {
        const wanted = severities.has(item.dataset.severity) && (rule === "" || rule === item.dataset.rule) &&
          (named || words.includes(text));
        item.hidden = !wanted;
        left += wanted;
      }
      const visible = left > 0 || (!byKind && named);
      group.element.hidden = !visible;
      if (group.list) {
        group.list.hidden = left === 0;
        if (group.isJob) group.list.previousElementSibling.hidden = left === 0;
      }
      if (group.row) group.row.hidden = !visible;
      findings += left;
      jobs += visible && group.isJob;
    }
    for (const section of document.querySelectorAll("#jobs, #elsewhere")) {
      section.hidden = !section.querySelector("article:not([hidden])");
    }
    const narrowed = byKind || text !== "";
    shown.textContent = narrowed
      ? `${findings} of ${plural(total, "finding")} shown, in ${plural(jobs, "job")}.`
      : everything;
  };
  form.hidden = false;
  form.addEventListener("input", narrow);
  form.addEventListener("reset", () => setTimeout(narrow));
  form.addEventListener("submit", (event) => event.preventDefault());
  narrow(); // a browser may have kept what was chosen before the page was loaded again
})();
