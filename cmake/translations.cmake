# embed_translations(<target> <symbol> <file.po>...): checks and compiles catalogues of gettext and
# embeds them like embed_files(): "ru.mo". A translation whose placeholders differ from those of the
# text does not build.
find_program(MSGFMT msgfmt)
if(NOT MSGFMT)
  message(FATAL_ERROR "msgfmt is missing: install gettext (./dev does)")
endif()

function(embed_translations target symbol)
  set(compiled "")
  foreach(source IN LISTS ARGN)
    get_filename_component(language ${source} NAME_WE)
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${language}.mo)
    add_custom_command(OUTPUT ${output}
      COMMAND ${MSGFMT} --check --check-format --endianness=little --no-hash
              --output-file=${output} ${source}
      DEPENDS ${source} VERBATIM)
    list(APPEND compiled ${output})
  endforeach()
  embed_files(${target} ${symbol} ${compiled})
endfunction()
