// Draws /api/openapi.json. Plain JavaScript: the browser runs this file as it is.
const description = await (await fetch('/api/openapi.json')).json();
const routes = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, route]) => ({ path, method: method.toUpperCase(), ...route })),
);
const main = document.querySelector('#routes');
const search = document.querySelector('#search');

search.addEventListener('input', draw);
draw();

function draw() {
  const words = search.value.toLowerCase();
  const shown = routes.filter((route) =>
    `${route.method} ${route.path} ${route.summary}`.toLowerCase().includes(words),
  );
  const groups = Map.groupBy(shown, (route) => route.tags[0]);
  document
    .querySelector('#tags')
    .replaceChildren(...[...groups.keys()].map((tag) => element('a', tag, { href: `#${tag}` })));
  main.replaceChildren(
    ...[...groups].flatMap(([tag, own]) => [element('h2', tag, { id: tag }), ...own.map(drawRoute)]),
    drawSignals(),
  );
}

function drawRoute(route) {
  const head = element('summary', '');
  head.append(
    element('span', route.method, { className: 'method' }),
    element('code', route.path),
    ` – ${route.summary}`,
  );
  const body = element('div', route.description ?? '');
  if (route.parameters?.length > 0) body.append(drawParameters(route.parameters));
  const sent = Object.values(route.requestBody?.content ?? {})[0];
  if (sent) body.append(element('h4', 'Body'), drawSchema(sent.schema));
  for (const [status, answer] of Object.entries(route.responses)) body.append(...drawAnswer(status, answer));
  const details = element('details', '');
  details.append(head, body);
  return details;
}

function drawParameters(parameters) {
  const table = element('table', '');
  for (const { name, in: where, required, schema, description: words } of parameters) {
    const row = element('tr', '');
    row.append(
      element('td', `${name}${required ? ' *' : ''}`),
      element('td', where),
      element('td', words ?? JSON.stringify(schema)),
    );
    table.append(row);
  }
  return table;
}

function drawAnswer(status, { description: words, content }) {
  const [type, body] = Object.entries(content ?? {})[0] ?? [];
  const title = element('h4', `${status} ${words}`);
  return type === undefined || type.includes('problem') ? [title] : [title, drawSchema(body.schema)];
}

function drawSignals() {
  const section = element('section', '');
  section.append(element('h2', 'Signal kinds'));
  for (const { kind, external } of description['x-signal-kinds']) {
    const details = element('details', '');
    details.append(
      element('summary', `${kind}${external ? '' : ' (ours alone)'}`),
      drawSchema(description.components.schemas[`SignalPayload.${kind}`]),
    );
    section.append(details);
  }
  return section;
}

function drawSchema(schema) {
  return element('pre', JSON.stringify(schema, null, 2));
}

function element(tag, text, traits = {}) {
  return Object.assign(document.createElement(tag), { textContent: text }, traits);
}
