import { SegmentedControl } from '@mantine/core';
import type { Item } from '@signalbox/contract/items.ts';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../../ui/loading.tsx';
import { Panel } from '../../../ui/panels/panel.tsx';
import { CommentForm } from './comment-form.tsx';
import type { Reply } from './reply.ts';

// The rich text editor is heavy and rarely the first thing needed.
const EmailForm = lazy(() => import('./email-form.tsx').then((module) => ({ default: module.EmailForm })));

interface ComposerProps {
  item: Item;
  reply: Reply | null;
  forgetReply: () => void;
}

export function Composer({ item, reply, forgetReply }: ComposerProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState('comment');
  useEffect(() => {
    if (reply) setKind('email');
  }, [reply]);

  return (
    <Panel>
      <SegmentedControl
        size="xs"
        mb="xs"
        value={kind}
        onChange={setKind}
        aria-label={t('composer.kind')}
        data={[
          { value: 'comment', label: t('composer.comment') },
          { value: 'email', label: t('common.email') },
        ]}
      />
      {kind === 'comment' ? (
        <CommentForm item={item.id} />
      ) : (
        <Suspense fallback={<Loading />}>
          <EmailForm key={reply?.email ?? 'new'} item={item} reply={reply} sent={forgetReply} />
        </Suspense>
      )}
    </Panel>
  );
}
