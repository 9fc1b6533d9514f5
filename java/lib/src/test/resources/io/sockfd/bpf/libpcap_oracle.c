/*
 * What libpcap makes of expressions: for each line "DLT TAB expression" of the input a line with the number of
 * instructions and a digit in hexadecimal for four packets each, or "E" and the error. The packets are in the file of the
 * first argument, each with its captured and its whole length in four bytes of this machine before it.
 * Built without libpcap's headers, which few machines have; these are the declarations of pcap(3PCAP).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct bpf_program {
    unsigned int length;
    void *instructions;
};
typedef struct pcap pcap_t;
extern pcap_t *pcap_open_dead(int, int);
extern int pcap_compile(pcap_t *, struct bpf_program *, const char *, int, unsigned int);
extern char *pcap_geterr(pcap_t *);
extern void pcap_freecode(struct bpf_program *);
extern void pcap_close(pcap_t *);
extern unsigned int bpf_filter(const void *, const unsigned char *, unsigned int, unsigned int);

static unsigned char *packets[1 << 16];
static unsigned int lengths[1 << 16][2];
static unsigned int count;

static void load(const char *name) {
    FILE *file = fopen(name, "rb");
    while (file && count < 1 << 16 && fread(lengths[count], sizeof lengths[count], 1, file) == 1) {
        packets[count] = malloc(lengths[count][0] + 1);
        if (fread(packets[count], 1, lengths[count][0], file) != lengths[count][0]) {
            exit(2);
        }
        count++;
    }
}

int main(int argc, char **argv) {
    static char line[1 << 16];
    if (argc > 1) {
        load(argv[1]);
    }
    while (fgets(line, sizeof line, stdin)) {
        char *text = strchr(line, '\t');
        struct bpf_program program;
        pcap_t *pcap;
        line[strcspn(line, "\n")] = 0;
        if (!text) {
            return 2;
        }
        pcap = pcap_open_dead(atoi(line), 262144);
        if (pcap_compile(pcap, &program, text + 1, 1, 0xffffff00u) < 0) {
            char *error = pcap_geterr(pcap), *end;
            while ((end = strchr(error, '\n'))) {
                *end = ' ';
            }
            printf("E %s\n", error);
        } else {
            unsigned int i, digit = 0;
            printf("%u ", program.length);
            for (i = 0; i < count; i++) {
                digit = digit << 1 | (bpf_filter(program.instructions, packets[i], lengths[i][1], lengths[i][0]) != 0);
                if (i % 4 == 3) {
                    putchar("0123456789abcdef"[digit]);
                    digit = 0;
                }
            }
            putchar('\n');
            pcap_freecode(&program);
        }
        pcap_close(pcap);
        fflush(stdout);
    }
    return 0;
}
