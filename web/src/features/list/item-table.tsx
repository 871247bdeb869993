import { Checkbox, UnstyledButton } from '@mantine/core';
import type { Item } from '@signalbox/contract/items.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/workspace/may.ts';
import { TextLink } from '../../ui/button-link.tsx';
import { goByArrows } from '../../ui/hooks/go-by-arrows.ts';
import { KeptApart } from '../../ui/kept-apart.tsx';
import styles from './list.module.css';
import type { ListColumn } from './list-columns.tsx';
import type { ListView } from './use-list-view.ts';

interface ItemTableProps {
  readonly items: readonly Item[];
  readonly columns: readonly ListColumn[];
  readonly view: ListView;
  readonly selected: ReadonlySet<number>;
  readonly onSelect: (ids: ReadonlySet<number>) => void;
  readonly more: () => void;
}

const ROW_PX = 44;
const AHEAD = 20;

/** Only the rows in sight are drawn; arrow keys go from row to row. */
export function ItemTable({ items, columns, view, selected, onSelect, more }: ItemTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const rows = list.getVirtualItems();
  const last = rows.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= items.length - AHEAD) more();
  }, [last, items.length, more]);
  const grid = { gridTemplateColumns: `36px minmax(180px, 2fr) repeat(${columns.length}, minmax(130px, 1fr))` };
  const toggle = (id: number) =>
    onSelect(selected.has(id) ? new Set([...selected].filter((one) => one !== id)) : new Set([...selected, id]));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only hears the arrows from the links inside
    <div ref={scroller} className={styles.scroller} onKeyDown={goByArrows}>
      <table className={styles.table}>
        <HeadRow {...{ items, columns, view, selected, onSelect, grid }} />
        <tbody style={{ display: 'block', height: list.getTotalSize(), position: 'relative' }}>
          {rows.map(({ index, key, start }) => {
            const item = items[index];
            return (
              item && (
                <Row
                  key={key}
                  item={item}
                  columns={columns}
                  view={view}
                  checked={selected.has(item.id)}
                  toggle={() => toggle(item.id)}
                  style={{ ...grid, height: ROW_PX, transform: `translateY(${start}px)` }}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

type HeadProps = Omit<ItemTableProps, 'more'> & { readonly grid: { gridTemplateColumns: string } };

function HeadRow({ items, columns, view, selected, onSelect, grid }: HeadProps) {
  const { t } = useTranslation('lists');
  const may = useMay();
  const changeable = items.filter((item) => may.item(item, 'change'));
  const all = changeable.length > 0 && changeable.every(({ id }) => selected.has(id));
  return (
    <thead className={styles.thead}>
      <tr className={styles.headRow} style={grid}>
        <th>
          <Checkbox
            size="xs"
            aria-label={t('list.selectAll')}
            checked={all}
            disabled={changeable.length === 0}
            indeterminate={!all && selected.size > 0}
            onChange={() => onSelect(all ? new Set() : new Set(changeable.map(({ id }) => id)))}
          />
        </th>
        <HeadCell name={t('targets.title')} sort="title" view={view} />
        {columns.map(({ code, name, sort }) => (
          <HeadCell key={code} name={name} sort={sort} view={view} />
        ))}
      </tr>
    </thead>
  );
}

const orders = { up: 'ascending', down: 'descending', none: 'none' } as const;

function HeadCell({ name, sort, view }: { name: string; sort: ListColumn['sort']; view: ListView }) {
  const { sort: current } = view.search;
  const order = current === sort ? 'up' : current === `-${sort}` ? 'down' : 'none';
  if (sort === undefined) return <th>{name}</th>;
  const next = order === 'none' ? sort : order === 'up' ? (`-${sort}` as const) : undefined;
  return (
    <th aria-sort={orders[order]}>
      <UnstyledButton className={styles.sort} onClick={() => view.look({ sort: next })}>
        {name}
        {order === 'up' && <ArrowUp size={13} aria-hidden />}
        {order === 'down' && <ArrowDown size={13} aria-hidden />}
      </UnstyledButton>
    </th>
  );
}

interface RowProps {
  readonly item: Item;
  readonly columns: readonly ListColumn[];
  readonly view: ListView;
  readonly checked: boolean;
  readonly toggle: () => void;
  readonly style: { gridTemplateColumns: string; height: number; transform: string };
}

function Row({ item, columns, view, checked, toggle, style }: RowProps) {
  const { t } = useTranslation(['lists', 'translation']);
  const mayChange = useMay().item(item, 'change');
  return (
    <tr className={styles.row} data-selected={checked || undefined} style={style}>
      <td>
        <Checkbox
          size="xs"
          aria-label={t('list.select', { title: item.title })}
          checked={checked}
          disabled={!mayChange}
          title={mayChange ? undefined : t('translation:problem.codes.no-item-change')}
          onChange={toggle}
        />
      </td>
      <td className={styles.cell}>
        <TextLink
          data-row-link
          to="/board/$type/$pipeline/items/$item"
          params={{ type: view.type, pipeline: String(item.pipeline), item: String(item.id) }}
          fw={600}
          size="sm"
        >
          {item.title}
        </TextLink>
      </td>
      {columns.map(({ code, show }) => (
        <td key={code} className={styles.cell}>
          <KeptApart id={`${item.id} ${item.updatedAt}`}>
            <Cell show={show} item={item} />
          </KeptApart>
        </td>
      ))}
    </tr>
  );
}

const Cell = ({ show, item }: Pick<ListColumn, 'show'> & { item: Item }) => show(item);
