// Imports run one way: shared → features → app. A feature may use another feature's requests, never its screens.
import { describe, expect, it } from 'vitest';

const sources = import.meta.glob<string>('./**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });

const room = (path: string) => path.split('/')[1] ?? '';
const feature = (path: string) => path.split('/')[2] ?? '';

/** The file that a relative import means, or undefined for a package. */
function resolve(from: string, to: string): string | undefined {
  if (!to.startsWith('.')) return undefined;
  const parts = from.split('/').slice(0, -1);
  for (const step of to.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  const base = parts.join('/');
  return [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`, `${base}/index.tsx`].find((path) => path in sources);
}

function importsOf(path: string, text: string): string[] {
  const found = text.matchAll(/(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g);
  return [...found].flatMap(([, to]) => resolve(path, to ?? '') ?? []);
}

function breach(from: string, to: string): string | undefined {
  if (room(from) === 'shared' && room(to) !== 'shared') return `${from}: shared knows neither features nor the app (${to})`;
  if (room(from) === 'features' && room(to) === 'app') return `${from}: a feature does not know the app (${to})`;
  if (room(from) === 'features' && room(to) === 'features' && feature(from) !== feature(to) && to.split('/')[3] !== 'api') {
    return `${from}: features meet in the app, or through requests (${to})`;
  }
  return undefined;
}

const graph = new Map(Object.entries(sources).map(([path, text]) => [path, importsOf(path, text)]));

/** The first circle of imports that is reached from a file. */
function circle(path: string, trail: string[], done: Set<string>): string[] | undefined {
  const at = trail.indexOf(path);
  if (at >= 0) return [...trail.slice(at), path];
  if (done.has(path)) return undefined;
  for (const next of graph.get(path) ?? []) {
    const found = circle(next, [...trail, path], done);
    if (found) return found;
  }
  done.add(path);
  return undefined;
}

describe('the direction of imports', () => {
  it('notices a breach', () => {
    expect(breach('./shared/a.ts', './features/chat/b.ts')).toBeDefined();
    expect(breach('./features/chat/a.ts', './app/b.ts')).toBeDefined();
    expect(breach('./features/chat/a.ts', './features/hall/b.tsx')).toBeDefined();
    expect(breach('./features/chat/a.ts', './features/hall/api/b.ts')).toBeUndefined();
    expect(breach('./app/a.ts', './features/hall/b.tsx')).toBeUndefined();
  });

  it('is kept by every file', () => {
    const edges = [...graph].flatMap(([from, tos]) => tos.map((to) => [from, to] as const));
    expect(edges.length).toBeGreaterThan(100);
    expect(edges.flatMap(([from, to]) => breach(from, to) ?? [])).toEqual([]);
  });

  it('has no circles', () => {
    const done = new Set<string>();
    expect([...graph.keys()].flatMap((path) => circle(path, [], done) ?? [])).toEqual([]);
  });
});
