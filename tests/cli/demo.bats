# `./dev demo` without its building: the main job on the data that ships with the project.

@test "the demo runs to its end and shows the main job" {
  run sh "$BATS_TEST_DIRNAME/../../scripts/demo/demo.sh" </dev/null
  [ "$status" -eq 0 ]
  [[ $output == *"46 rows: 46 created"* ]]
  [[ $output == *"deals.csv: CP1251, ';'"* ]]
  [[ $output == *"stays in 'qualifying'"* ]]
  [[ $output == *"undone #6 "*"advance D-107"* ]]
  [[ $output == *"Open pipeline"* ]]
}
