# The warnings every target is built with. A warning is an error.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes
                    -Wmissing-prototypes -Wvla -Wformat=2 -Werror)
add_compile_definitions(_GNU_SOURCE)
