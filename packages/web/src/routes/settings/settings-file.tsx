import { yaml } from '@codemirror/lang-yaml';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { answer, client } from '../../api/client.ts';
import type { ServerSettings } from '../../api/types.ts';
import { Identifier } from '../../components/identifier.tsx';
import { ProblemBox, ProblemList } from '../../components/problem-box.tsx';
import { Part } from '../../components/screen.tsx';
import { useMayDo } from '../../shell/session.ts';
import classes from './settings.module.css';

/** The settings as they lie in Git: read, changed, checked, and proposed as a commit on a branch. */
export function SettingsFile({ settings }: { readonly settings: ServerSettings }) {
  const mayPropose = useMayDo('settings:propose');
  const [text, setText] = useState(settings.text);
  const [reason, setReason] = useState('');
  const check = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/settings/validation', { body: { text } })),
  });
  const propose = useMutation({
    mutationFn: () => answer(client.POST('/api/v1/settings/proposals', { body: { text, reason } })),
  });
  const isChanged = text !== settings.text;
  return (
    <Part title={settings.place.file ?? 'server.yaml'} aside="Secrets are names of variables here, never values.">
      <Editor text={settings.text} readOnly={!mayPropose} onChange={setText} />
      {mayPropose && (
        <div className={classes.form}>
          <TextInput
            label="Reason"
            description="What the commit says"
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <div className={classes.buttons}>
            <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
              Check it
            </Button>
            <Button
              disabled={!isChanged || reason.trim().length < 3}
              loading={propose.isPending}
              onClick={() => propose.mutate()}
            >
              Propose the change
            </Button>
          </div>
          {check.error && <ProblemBox error={check.error} />}
          {check.data &&
            (check.data.problems.length === 0 ? (
              <p role="status">Nothing is wrong with it.</p>
            ) : (
              <ProblemList problems={check.data.problems} />
            ))}
          {propose.error && <ProblemBox error={propose.error} />}
          {propose.data && (
            <p role="status">
              Proposed on branch <Identifier value={propose.data.branch} label="branch" />. It is in force when that is
              merged.
            </p>
          )}
        </div>
      )}
    </Part>
  );
}

interface EditorProps {
  readonly text: string;
  readonly readOnly: boolean;
  readonly onChange: (text: string) => void;
}

function Editor({ text, readOnly, onChange }: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    if (host.current === null) return;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          lineNumbers(),
          yaml(),
          EditorState.readOnly.of(readOnly),
          EditorView.contentAttributes.of({ 'aria-label': 'The settings file' }),
          EditorView.updateListener.of(({ docChanged, state }) => docChanged && latest.current(state.doc.toString())),
        ],
      }),
    });
    return () => view.destroy();
  }, [text, readOnly]);
  return <div ref={host} className={classes.editor} />;
}
