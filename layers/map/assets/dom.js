// Small helpers for the page. Text always goes in as text, never as markup.

// Makes an element: h("p", {class: "x", onclick: f}, "text", child, [more]).
Atlas.h = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
};

// Text of the record, which is in English whatever language the interface speaks.
Atlas.said = (text, tag = "span") => (text ? Atlas.h(tag, { lang: "en" }, text) : null);

// Makes an SVG element.
Atlas.s = (tag, attributes = {}, ...children) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

// Writes text only where it differs: most of a date step changes nothing.
Atlas.write = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

Atlas.flag = (element, name, value) => {
  if (value === null) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

// Runs a task once after the next paint, however often it is asked for.
Atlas.afterPaint = (task) => {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => setTimeout(() => { waiting = false; task(); }));
  };
};

// Resolves after the next paint and after the tasks that wait for it.
Atlas.painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(done))));

// Runs small tasks one after another while nothing else is to be done.
Atlas.atLeisure = (tasks) => {
  const idle = window.requestIdleCallback || ((act) => setTimeout(() => act({ timeRemaining: () => 4 }), 30));
  const go = (deadline) => {
    do tasks.shift()?.(); while (tasks.length && deadline.timeRemaining() > 3);
    if (tasks.length) idle(go);
  };
  idle(go);
};

Atlas.atRest = (task, wait) => {
  let timer = 0;
  const later = () => { clearTimeout(timer); timer = setTimeout(task, wait); };
  later.cancel = () => clearTimeout(timer);
  return later;
};
