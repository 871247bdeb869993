// The import picture of docs/architecture.md: each line may use only the lines below it.
const server = [
  ['main', 'cli'],
  ['compose'],
  ['api'],
  ['ports'],
  ['planned'],
  ['tasks'],
  ['automation', 'channels'],
  ['collaboration', 'crm'],
  ['access'],
  ['parts'],
  ['outbox'],
  ['connections', 'people', 'signals'],
  ['audit'],
  ['platform'],
];
const crm = [
  ['clients', 'search', 'timeline'],
  ['items', 'processes'],
  ['fields', 'pipelines'],
  ['client-book', 'csv', 'types'],
  ['facts'],
];
const web = [['app', 'main'], ['features'], ['controls', 'api'], ['ui', 'i18n']];
const widget = [['main'], ['chat', 'form'], ['api']];
const automation = [
  ['catalogue'],
  ['engine'],
  ['triggers', 'rules', 'channels'],
  ['kit/(?!words/)[^/]+'],
  ['signals'],
  ['kit/words'],
];

const test = '\\.(test|integration\\.test|journey)\\.tsx?$|/testing[^/]*\\.ts$';

// A part is a folder or a file: `api/…` or `api.ts`.
const inParts = (root, parts) => `^${root}/(${parts.join('|')})(/|\\.tsx?$)`;

function layers(root, lines) {
  return lines.slice(1).map((line, index) => {
    const above = lines.slice(0, index + 1).flat();
    return {
      name: `${root}: ${line.join(', ')} may not use what stands above`,
      severity: 'error',
      from: { path: inParts(root, line), pathNot: test },
      to: { path: inParts(root, above) },
    };
  });
}

function strangers(root, lines) {
  return lines
    .filter((line) => line.length > 1)
    .flatMap((line) =>
      line.map((part) => ({
        name: `${root}: ${part} may not use its neighbours`,
        severity: 'error',
        from: { path: inParts(root, [part]), pathNot: test },
        to: {
          path: inParts(
            root,
            line.filter((other) => other !== part),
          ),
        },
      })),
    );
}

/** Folders side by side in `root`, each a world of its own. */
const neighbours = (what, root) => ({
  name: `${what} do not use each other`,
  severity: 'error',
  from: { path: `^${root}/([^/]+)/`, pathNot: test },
  to: { path: `^${root}/([^/]+)/`, pathNot: `^${root}/$1/` },
});

const workspace = (name, allowed) => ({
  name: `${name} stands on ${allowed.join(', ') || 'itself'} only`,
  severity: 'error',
  from: { path: `^${name}/(src/)?`, pathNot: test },
  to: { path: '^(automation|contract|server|web|widget|tools|e2e)/', pathNot: `^(${[name, ...allowed].join('|')})/` },
});

module.exports = {
  forbidden: [
    {
      name: 'no circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'what is imported exists',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|vitest/node$)' },
    },
    {
      name: 'automation is pure: zod, liquidjs, re2js, luxon, libphonenumber-js and itself',
      severity: 'error',
      from: { path: '^automation/src/', pathNot: test },
      to: { pathNot: '^automation/src/|^node_modules/(@types/)?(zod|liquidjs|re2js|libphonenumber-js|luxon)/' },
    },
    neighbours('features', 'web/src/features'),
    neighbours('channels', 'server/src/channels'),
    neighbours('the rooms of collaboration', 'server/src/collaboration'),
    {
      name: 'what runs does not use what tests',
      severity: 'error',
      from: { path: '/src/', pathNot: test },
      to: { path: test },
    },
    workspace('contract', ['automation']),
    workspace('server', ['contract', 'automation']),
    workspace('web', ['contract', 'automation']),
    workspace('widget', ['contract']),
    workspace('tools', ['server', 'contract', 'automation', 'e2e']),
    workspace('e2e', ['tools']),
    ...layers('server/src', server),
    ...layers('server/src/crm', crm),
    ...layers('web/src', web),
    ...layers('widget/src', widget),
    ...layers('automation/src', automation),
    ...strangers('server/src', server.slice(2)),
    ...strangers('server/src/crm', crm),
    ...strangers('automation/src', automation),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts', '.css'],
    },
  },
};
