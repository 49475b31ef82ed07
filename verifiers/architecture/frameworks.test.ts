import { describe, expect, it } from 'vitest';
import { check, flask, node } from './testing/samples.ts';

describe('the web framework', () => {
  it.each([
    ['import express from "express"', 'express'],
    ['const { HTTPException } = require("hono/http-exception")', 'hono'],
    ['import Router from "@koa/router"', '@koa/router'],
  ])('is not for models: %s', (text, name) => {
    const { findings } = check({ ...node, 'src/models/user.js': `${text};\nexport class User {}` });
    expect(findings).toEqual([
      expect.stringContaining(`a file of the models layer imports the web framework (${name})`),
    ]);
  });

  it.each([
    ['from flask import jsonify', 'flask'],
    ['from aiohttp import web', 'aiohttp'],
    ['from django.http import Http404', 'django.http'],
    ['from django import urls', 'django.urls'],
    ['import rest_framework.serializers', 'rest_framework'],
  ])('is not for models of Python: %s', (text, name) => {
    const { findings } = check({ ...flask, 'models/user.py': `${text}\n\nclass User:\n    pass\n` });
    expect(findings).toEqual([
      expect.stringContaining(`a file of the models layer imports the web framework (${name})`),
    ]);
  });

  it.each([
    ['from django.db import models'],
    ['from flask_sqlalchemy import SQLAlchemy'],
    ['import sequelize'],
    ['from pydantic import BaseModel'],
  ])('is not %s', (text) => {
    expect(check({ ...flask, 'models/user.py': `${text}\n\nclass User:\n    pass\n` }).compliant).toBe(true);
  });

  it('may be used by repositories and services, with a note, and by types', () => {
    const text =
      'from fastapi import HTTPException\nfrom models.user import User\n\ndef find(db):\n    raise HTTPException(404)\n';
    expect(check({ ...flask, 'repositories/users.py': text })).toMatchObject({
      compliant: true,
      notes: [
        'repositories/users.py:1:1 a file of the repositories layer imports the web framework (fastapi)',
      ],
    });
  });
});
