import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Body, Controller, Delete, Get, HttpCode, Injectable, Module, NotFoundException, Param, ParseIntPipe, Post, Query, UseGuards, UseInterceptors, ValidationPipe, type CanActivate, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { IsEmail, IsInt, IsOptional, Min, MinLength } from 'class-validator';
import { Type } from 'class-transformer';
import { map } from 'rxjs/operators';

class CreateCat {
  @MinLength(2) name!: string;
  @IsInt() @Min(0) @Type(() => Number) age!: number;
  @IsOptional() @IsEmail() mail?: string;
}
@Injectable()
class Cats {
  private readonly list: (CreateCat & { id: number })[] = [];
  add(cat: CreateCat) {
    const made = { id: this.list.length + 1, ...cat };
    this.list.push(made);
    return made;
  }
  all() { return this.list; }
  find(id: number) {
    const cat = this.list.find((one) => one.id === id);
    if (!cat) throw new NotFoundException(`Cat ${id} not found`);
    return cat;
  }
}
@Injectable()
class KeyGuard implements CanActivate {
  canActivate(context: ExecutionContext) { return context.switchToHttp().getRequest().headers['x-key'] === 'k'; }
}
@Injectable()
class Wrap implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler) { return next.handle().pipe(map((data) => ({ data }))); }
}
@Controller('cats')
@UseInterceptors(Wrap)
class CatsController {
  constructor(private readonly cats: Cats) {}
  @Get() all(@Query('limit', new ParseIntPipe({ optional: true })) limit?: number) { return this.cats.all().slice(0, limit); }
  @Get(':id') one(@Param('id', ParseIntPipe) id: number) { return this.cats.find(id); }
  @Post() add(@Body() cat: CreateCat) { return this.cats.add(cat); }
  @Delete(':id') @HttpCode(204) @UseGuards(KeyGuard) remove(@Param('id', ParseIntPipe) id: number) { this.cats.find(id); }
  @Get('boom/now') boom() { throw new Error('boom'); }
}
@Module({ controllers: [CatsController], providers: [Cats] })
class AppModule {}
async function bootstrap() {
  const app = await NestFactory.create(AppModule, { logger: false });
  app.setGlobalPrefix('api', { exclude: ['health'] });
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, transform: true, forbidNonWhitelisted: true }));
  app.enableShutdownHooks();
  await app.listen(process.env.PORT ?? 3000);
  console.log('nest up');
}
void bootstrap();
