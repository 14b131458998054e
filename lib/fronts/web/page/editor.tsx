/** Code that can be edited in place. */

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface EditorProps {
  /** The code; when it is replaced from outside, so is the text. */
  source: string;
  label: string;
  focus?: boolean;
  changed(code: string): void;
  /** Ctrl-Enter or Cmd-Enter. */
  submit(): void;
}

/** An editor for TypeScript. Escape leaves it, so that the keyboard is never caught. */
export function Editor({ source, label, focus, changed, submit }: EditorProps): VNode {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(undefined);
  const calls = useRef({ changed, submit });
  calls.current = { changed, submit };
  useEffect(() => {
    const leave = ({ contentDOM }: EditorView): boolean => {
      contentDOM.blur();
      return true;
    };
    const view = editor.current = new EditorView({
      parent: place.current!,
      state: EditorState.create({
        doc: source,
        extensions: [
          ...[lineNumbers(), history(), bracketMatching(), indentOnInput(), javascript({ typescript: true })],
          ...[syntaxHighlighting(classHighlighter), EditorView.lineWrapping, EditorView.cspNonce.of(styleNonce())],
          EditorView.contentAttributes.of({ "aria-label": label }),
          keymap.of([
            { key: "Mod-Enter", run: () => (calls.current.submit(), true) },
            { key: "Escape", run: leave },
            ...[indentWithTab, ...historyKeymap, ...defaultKeymap],
          ]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) calls.current.changed(update.state.doc.toString());
          }),
        ],
      }),
    });
    if (focus) view.focus();
    return () => view.destroy();
  }, []);
  useEffect(() => {
    const { current } = editor;
    if (!current || current.state.doc.toString() === source) return;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: source } });
  }, [source]);
  return <div class="editor" ref={place} />;
}

/** The nonce under which the page's policy lets a script add styles. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";
}
