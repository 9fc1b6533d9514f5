/*
 * The tables of include/abi, read by native/abi from the assembly text that this file compiles to. Nothing is executed,
 * so a cross compiler is enough: an inline assembly statement prints a row with the value the compiler computed, and
 * nobody assembles it.
 */
#include "system.h"

#define ROW(text, ...) __asm__ volatile("\n->" text "\n" ::__VA_ARGS__)
#define I(value) "i"((long long)(value))

#define C(name) ROW("const\t" #name "\t%0", I(name));
#define S(tag, ...) ROW("struct\t" #tag "\t%0\t%1", I(sizeof(struct tag)), I(_Alignof(struct tag)));
#define F(tag, field, ...) \
    ROW("field\t" #tag "\t" #field "\t%0\t%1", I(offsetof(struct tag, field)), I(sizeof(((struct tag *)0)->field)));

#define B(...)

void sockfd_dump(void);

void sockfd_dump(void) {
#include "constants.def"
#include "structs.def"
}
