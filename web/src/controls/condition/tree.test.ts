import { describe, expect, it } from 'vitest';
import { addNode, blankPart, changeNode, conditionOf, isGroup, treeOf } from './tree.ts';

const amount = { field: 'amount', is: 'at least', value: 1000 } as const;
const web = { field: 'source', is: 'equals', value: 'web' } as const;

describe('the condition builder', () => {
  it.each([
    { all: [amount] },
    { any: [amount, { all: [web, amount] }] },
    { not: amount },
    { not: { any: [amount, web] } },
    { not: { all: [amount, web] } },
    { all: [amount, { not: { any: [web, { not: { all: [amount, web] } }] } }] },
    { all: [{ ...web, matchCase: true }] },
  ])('gives back the condition it was opened with: %j', (condition) => {
    expect(conditionOf(treeOf(condition))).toEqual(condition);
  });

  it('shows a single part inside a group', () => {
    expect(conditionOf(treeOf(amount))).toEqual({ all: [amount] });
  });

  it('says nothing when nothing is asked', () => {
    expect(conditionOf(treeOf(null))).toBeNull();
    expect(conditionOf(addNode(treeOf(null), 'root', blankPart('x')))).toBeNull();
  });

  it('adds to an inner group and takes out again', () => {
    const tree = treeOf({ all: [amount, { any: [web] }] });
    const more = addNode(tree, 'root.1', { ...blankPart('new'), field: 'title', is: 'is filled' });
    expect(conditionOf(more)).toEqual({ all: [amount, { any: [web, { field: 'title', is: 'is filled' }] }] });
    expect(conditionOf(changeNode(more, 'root.1', () => null))).toEqual({ all: [amount] });
  });

  it('turns a group round', () => {
    const tree = changeNode(treeOf({ all: [amount, web] }), 'root', (node) =>
      isGroup(node) ? { ...node, join: 'none' } : node,
    );
    expect(conditionOf(tree)).toEqual({ not: { any: [amount, web] } });
  });
});
