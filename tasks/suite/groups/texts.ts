import { rulePointer } from '../../contract/index.ts';
import { because, says, statusCheck } from '../checks.ts';
import { to } from '../endpoints.ts';
import { account, post, type Account, type ArticleFields } from '../fixtures.ts';
import { articlesInAnyOrder, hasTags } from '../lists.ts';
import { after, ask, query, setUp, step, succeeded } from '../steps.ts';
import type { AnyStep, Group, GroupContext, Step } from '../types.ts';

/** Texts of one kind, for every place that takes one. */
interface Texts {
  username: string;
  email?: string;
  bio: string;
  image: string;
  article: Required<ArticleFields>;
  comment: string;
}

function author(context: GroupContext, { username, email }: Texts): Account {
  return account(context, 'anna', { username, ...(email !== undefined && { email }) });
}

/** A user, a profile, an article, its tags and a comment of these texts, each given back as it was. */
function keepsTexts(
  context: GroupContext,
  rule: string,
  texts: Texts,
  anna = author(context, texts),
): AnyStep[] {
  const article = post('article', anna, texts.article);
  const described = setUp(
    'describe',
    to.changeUser,
    200,
    ask('/user', anna, { user: { bio: texts.bio, image: texts.image } }),
  );
  const token = anna.token.from((reply) => reply.text('/user/token'));
  const comment = setUp(
    'comment',
    to.comment,
    201,
    ask(article.at('/comments'), anna, { comment: { body: texts.comment } }),
  );
  const same = (id: string, sentence: string, path: string, wanted: string | string[]) =>
    says(id, sentence, rule, path, wanted);
  const { title, description, body, tagList } = texts.article;
  const taken = (id: string, sentence: string, step: Step, checks: Step['checks'] = []): Step =>
    because(rule, sentence, { ...step, id, checks: [statusCheck(step.endpoint, step.status), ...checks] });
  const found = () => [article.slug.get()];
  return [
    taken('register', 'The name is taken.', anna.register, [
      same('username', 'The name is given back unchanged.', '/user/username', texts.username),
      ...(texts.email === undefined
        ? []
        : [same('email', 'The address is given back unchanged.', '/user/email', texts.email)]),
    ]),
    taken('describe', 'The biography and the address of the image are taken.', {
      ...described.step,
      keeps: [...described.step.keeps, token],
    }),
    step('profile', to.readProfile, 200, after([described.done], ask(anna.profile)), [
      same(
        'username',
        'The profile is found under the name, percent-encoded.',
        '/profile/username',
        texts.username,
      ),
      same('bio', 'The biography is given back unchanged.', '/profile/bio', texts.bio),
      same('image', 'The image is given back unchanged.', '/profile/image', texts.image),
    ]),
    taken('create', 'The texts of an article are taken.', article.create),
    step('article', to.read, 200, ask(article.at()), [
      same('title', 'The title is given back unchanged.', '/article/title', title),
      same('description', 'The description is given back unchanged.', '/article/description', description),
      same('body', 'The body is given back unchanged.', '/article/body', body),
      same('tags', 'The tags are given back unchanged.', '/article/tagList', tagList),
    ]),
    step(
      'author',
      to.list,
      200,
      after([article.slug], ask(`/articles${query({ author: texts.username })}`)),
      [
        articlesInAnyOrder(
          'items',
          'The filter by author finds the name.',
          rulePointer('exact-match'),
          found,
        ),
      ],
    ),
    step('tag', to.list, 200, after([article.slug], ask(`/articles${query({ tag: tagList[0] ?? '' })}`)), [
      articlesInAnyOrder('items', 'The filter by tag finds the tag.', rulePointer('exact-match'), found),
    ]),
    step('tags', to.listTags, 200, after([article.slug], ask('/tags')), [
      hasTags('tags', 'The tags are listed unchanged.', tagList),
    ]),
    taken('comment', 'The comment is taken.', comment.step),
    step('comments', to.listComments, 200, after([comment.done], ask(article.at('/comments'))), [
      same('body', 'The comment is given back unchanged.', '/comments/0/body', texts.comment),
    ]),
  ];
}

/** Scripts, combining and joined characters, and some beyond the first plane of Unicode. */
export const unicodeTexts: Group = {
  id: 'texts.unicode',
  title: 'Texts in Unicode',
  steps(context) {
    const key = context.unique('u');
    return keepsTexts(context, 'texts', {
      username: ` Ængström 名前 ${key} Á `,
      email: `Anna.${context.person('anna').email}`,
      bio: 'é is e\u0301, too. Ω ≠ Ω',
      image: 'https://example.org/изображение.png',
      article: {
        title: `שלום עולם — مرحبا ${key}`,
        description: 'Straße, ﬁ, ½, …',
        body: '👩‍👩‍👧 🏴󠁧󠁢󠁳󠁣󠁴󠁿 𝔘𝔫𝔦𝔠𝔬𝔡𝔢\u2028 \u200bनमस्ते',
        tagList: [`日本語 ${key}`, `żółw-${key}`],
      },
      comment: 'Привет, мир! 🎉',
    });
  },
};

/** What breaks where texts are pasted into queries, pages, formats or objects; and white space around it. */
export const hostileTexts: Group = {
  id: 'texts.hostile',
  title: 'Texts that look like code',
  steps(context) {
    const key = context.unique('h');
    const injection = "x' OR '1'='1";
    const nothing = (id: string, parameters: Record<string, string>, sentence: string) =>
      step(id, to.list, 200, ask(`/articles${query(parameters)}`), [
        articlesInAnyOrder('items', sentence, rulePointer('exact-match'), () => []),
      ]);
    return [
      ...keepsTexts(context, 'texts', {
        username: `Robert'); DROP TABLE users;-- ${key}`,
        bio: '<script>alert("1")</script> & &amp; <b>',
        image: 'javascript:alert(1)//%00%s%d{0}${x}#{y}',
        article: {
          title: `"Quotes" 'and' \\backslashes\\ \\n %s {{7*7}} ${key}`,
          description: '__proto__',
          body: '  \t{"constructor": null}\r\n--; SELECT * FROM users WHERE 1=1 /* \u0007 */  \n',
          tagList: [`__proto__ ${key}`, `con,structor;${key}`, `50%_*${key}`],
        },
        comment: ' <img src=x onerror=alert(1)> \\u0041 ${1+1} ',
      }),
      nothing('author-injection', { author: injection }, 'A name that looks like SQL is nobody’s.'),
      nothing('tag-injection', { tag: injection }, 'A tag that looks like SQL is on no article.'),
      nothing('favorited-injection', { favorited: injection }, 'A fan whose name looks like SQL is nobody.'),
      step(
        'login-injection',
        to.logIn,
        401,
        ask('/users/login', undefined, {
          user: { email: "' OR 1=1 --@mail.com", password: 'password' },
        }),
      ),
      because(
        'profile-named',
        'A word of the language is nobody.',
        step('no-profile', to.readProfile, 404, ask('/profiles/constructor')),
      ),
      because(
        'article-found',
        'A word of the language is no article.',
        step('no-article', to.read, 404, ask('/articles/__proto__')),
      ),
    ];
  },
};

/**
 * As long as the contract says that texts may be. The article of the long title is not read by its slug: that may be long,
 * too, and some routers take no more than 100 characters of a path (Fastify’s `maxParamLength`).
 */
export const longTexts: Group = {
  id: 'texts.long',
  title: 'Long texts',
  steps(context) {
    const key = context.unique('l');
    const long = (length: number, start: string) =>
      `${start.padEnd(length, 'abcdefghi ').slice(0, length - 1)}.`;
    const texts: Texts = {
      username: long(100, key),
      bio: long(200, 'Long biography '),
      image: long(200, 'https://example.org/').replaceAll(' ', '-'),
      article: {
        title: `Long texts ${key}`,
        description: long(200, 'Long description '),
        body: long(32 * 1024, 'Long body '),
        tagList: [long(100, `${key} `)],
      },
      comment: long(32 * 1024, 'Long comment '),
    };
    const anna = author(context, texts);
    const title = long(200, `Long title ${key} `);
    const tag = context.unique('title');
    const written = succeeded();
    return [
      ...keepsTexts(context, 'text-length', texts, anna),
      step(
        'title',
        to.write,
        201,
        ask('/articles', anna, { article: { title, description: 'd', body: 'b', tagList: [tag] } }),
        [says('title', 'A long title is given back unchanged.', 'text-length', '/article/title', title)],
        written.keep,
      ),
      step('title-listed', to.list, 200, after([written.done], ask(`/articles${query({ tag })}`)), [
        says('title', 'A long title is listed unchanged.', 'text-length', '/articles/0/title', title),
      ]),
    ];
  },
};
