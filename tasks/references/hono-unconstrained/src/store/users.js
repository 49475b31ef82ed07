export function createUsers() {
  const users = new Map();
  const find = (accepts) => [...users.values()].find(accepts);

  return {
    byId: (id) => users.get(id),
    byUsername: (username) => find((user) => user.username === username),
    byEmail: (email) => find((user) => user.email === email),

    add(fields) {
      const user = { ...fields, id: users.size + 1, bio: null, image: null };
      users.set(user.id, user);
      return user;
    },

    change(id, changes) {
      const user = { ...users.get(id), ...changes };
      users.set(id, user);
      return user;
    },

    /** Messages by field for what somebody else than the user with this id has already. */
    conflicts({ username, email }, id) {
      const errors = {};
      for (const user of users.values()) {
        if (user.id === id) continue;
        if (user.username === username) errors.username = ['has already been taken'];
        if (user.email === email) errors.email = ['has already been taken'];
      }
      return errors;
    },
  };
}
