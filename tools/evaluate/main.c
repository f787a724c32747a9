#include "command.h"

int main(int count, char **arguments)
{
    return evaluate_command(count, arguments, stdout, stderr);
}
