function fail() { throw null; }
fail();
