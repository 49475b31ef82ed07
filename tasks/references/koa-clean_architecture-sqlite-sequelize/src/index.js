import { fileURLToPath } from 'node:url';
import { openDatabase } from './database.js';
import { Articles } from './repositories/articles.js';
import { Comments } from './repositories/comments.js';
import { Users } from './repositories/users.js';
import { createServer } from './routes/server.js';
import { ArticleService } from './services/article-service.js';
import { CommentService } from './services/comment-service.js';
import { ProfileService } from './services/profile-service.js';
import { UserService } from './services/user-service.js';

const file = process.env.DATABASE_FILE ?? fileURLToPath(new URL('../conduit.db', import.meta.url));
const { models, unitOfWork } = await openDatabase(file);

const repositories = {
  users: new Users(models),
  articles: new Articles(models),
  comments: new Comments(models),
};
const profiles = new ProfileService({ ...repositories, unitOfWork });
const services = {
  profiles,
  users: new UserService({ ...repositories, unitOfWork }),
  articles: new ArticleService({ ...repositories, profiles, unitOfWork }),
  comments: new CommentService({ ...repositories, profiles, unitOfWork }),
};

const port = Number(process.env.PORT ?? 3000);
createServer(services).listen(port, '0.0.0.0', () => {
  console.log(`Conduit listens on port ${port}`);
});
