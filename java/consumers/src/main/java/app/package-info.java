/** What a user of the library writes, without its annotations. */
package app;
