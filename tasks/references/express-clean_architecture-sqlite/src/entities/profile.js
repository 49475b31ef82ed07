'use strict';

/** A user as others see them; `following` says whether the viewer follows them. */
class Profile {
  constructor({ id, username, bio, image, following }) {
    this.id = id;
    this.username = username;
    this.bio = bio;
    this.image = image;
    this.following = following;
  }
}

module.exports = { Profile };
