setTimeout(() => { throw { status: 400, nested: { deep: [1, 2, { three: 3 }] } }; }, 1);
