import { SegmentedControl } from '@mantine/core';
import type { Item } from '@signalbox/contract/items.ts';
import { Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import type { Answer } from './answer.ts';
import styles from './composer.module.css';
import { composerTabs } from './index.ts';
import type { ComposerTab } from './tab.ts';

interface ComposerProps {
  item: Item;
  answer: Answer | null;
  forgetAnswer: () => void;
}

export function Composer({ item, answer, forgetAnswer }: ComposerProps) {
  const { t } = useTranslation();
  const offered = composerTabs.filter(({ isOffered }) => isOffered(item));
  const [chosen, choose] = useState(composerTabs[0].name);
  useEffect(() => {
    if (answer) choose(answer.tab);
  }, [answer]);
  const { name, form: Form } = offered.find((tab) => tab.name === chosen) ?? composerTabs[0];

  return (
    <Panel>
      <SegmentedControl
        size="xs"
        mb="xs"
        value={name}
        onChange={choose}
        aria-label={t('composer.kind')}
        data={offered.map((tab) => ({ value: tab.name, label: <TabLabel {...tab} /> }))}
      />
      <Suspense fallback={<Loading />}>
        <Form
          key={answer?.tab === name ? answer.key : name}
          item={item}
          answer={answer?.tab === name ? answer : null}
          sent={forgetAnswer}
        />
      </Suspense>
    </Panel>
  );
}

// A label is text on a line: a block in it would let the pointer through to what is around it.
function TabLabel({ icon: Icon, useName }: ComposerTab) {
  const name = useName();
  return (
    <span className={styles.tab}>
      <Icon size={14} aria-hidden /> {name}
    </span>
  );
}
