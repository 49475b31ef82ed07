import { describe, expect, it } from 'vitest';
import { prepareScript } from './prepare-script.ts';

const cases: [source: string, prepared: string][] = [
  ['node app.js', '__run oe -- node app.js'],
  ['exec node "app.js" 2>&1', '{ trap - EXIT\n__run oex 2\\>\\&1 -- node "app.js"\nexit $?; }'],
  ['cd /app && export A=1', 'cd /app && export A=1'],
  ['X=$(node -v)', 'X=$(__run e -- node -v)'],
  ['A=1 python app.py > "$LOG" 2>&1', 'A=1 __run oe 1\\> "$LOG" 2\\>\\&1 -- python app.py'],
  ['node a | tee b', '__run e -- node a | __run oe -- tee b'],
  ['"$PYTHON" app.py', '__run oe -- "$PYTHON" app.py'],
  ['nohup node x', '__run oe -- node x'],
  ['start() { node x; }\nstart', 'start() { __run oe -- node x; }\nstart'],
  ['start() { node x; }\nY=$(start)', 'start() { __run e -- node x; }\nY=$(start)'],
  ['{ node x; } > log', '{ __run e -- node x; } > log'],
  ['cat < in', '__run oe -- cat < in'],
  ['[ -f x ] && node y', '[ -f x \\] && __run oe -- node y'],
  ['if [ -f x ]; then node y; fi', 'if [ -f x \\]; then __run oe -- node y\nfi'],
  ['wait $!', '__wait $__LAST_JOB'],
  ['X="${A:-1}"; node "${B:-x y}"', `X="\${A:-1}"''\n__run oe -- node "\${B:-x y}"''`],
  ['node "${@:-x}" "${L[@]:-x}" "$A"', '__run oe -- node "${@:-x}" "${L[@]:-x}" "$A"'],
];

describe('prepareScript', () => {
  it.each(cases)('%s', (source, prepared) => {
    const plain = (text: string) =>
      text
        .replace(/\\([>&])/g, '$1')
        .replace(/\s+/g, ' ')
        .trim();
    expect(plain(prepareScript(source))).toBe(plain(prepared));
  });

  it('turns background statements into jobs with their quotes intact', () => {
    const prepared = prepareScript(`node 'a b' "it's" -e 'f(() => g("b"))' &\nP=$!\n`);
    expect(prepared).toBe(
      `__job '__run oex -- node '"'"'a b'"'"' "it'"'"'s" -e '"'"'f(() => g("b"))'"'"\nP=$__LAST_JOB`,
    );
  });

  it('lets a text of one command take the place of its shell', () => {
    expect(prepareScript('node app.js', true)).toBe('__run oexi -- node app.js');
    expect(prepareScript('cat < in', true)).toBe('__run oex -- cat < in');
    expect(prepareScript('cd x && node app.js', true)).toBe('cd x && __run oe -- node app.js');
    expect(prepareScript('node a | cat', true)).toBe('__run e -- node a | __run oe -- cat');
  });

  it.each([
    [
      "cat <<'E' | node -\nit's \"$X\" `a` \\ !\nE\n",
      `__run e -- cat <<< "it's \\"\\$X\\" \\\`a\\\` \\\\ !" | __run oe -- node -`,
    ],
    [
      'cat <<E && echo "$A"\n$X "${Y:-z}" $(a) \\$n\nE\n',
      '__run oe -- cat <<< "$X \\"${Y:-z}\\" $(__run e -- a) \\$n" && __run oe -- echo "$A"',
    ],
    ['f() {\ncat <<-E\n\t\ta\n\tE\n}\nf', 'f() { __run oe -- cat <<< "a"; }\nf'],
    ['X=$(cat <<E\na\nb\nE\n)', 'X=$(__run e -- cat <<< "a\nb")'],
    ['if node - <<E; then a; fi\nx\nE\n', 'if __run oe -- node - <<< "x"; then\n__run oe -- a\nfi'],
    ['cat <<E\n${X:-d}\nE\n', `__run oe -- cat <<< "\${X:-d}"''`],
    ['cat <<E\nE\n', '__run oe -- cat < /dev/null'],
  ])('keeps what follows a here document on its line: %j', (source, prepared) => {
    expect(prepareScript(source)).toBe(prepared);
  });

  it('throws on a syntax error', () => {
    expect(() => prepareScript('if true; then')).toThrow();
  });
});
