// Copying a pipeline: a new pipeline whose stages are made after those that another one offers, with everything that is set
// for them (meaning, probability, forecast category, color, guidance, key and required fields). The copies are its own:
// changing them leaves the other pipeline as it is, and stages that stood open to all pipelines now name those they had.
// While there is no pipeline, all opportunities go one way: `source` is then how that one is called from now on.
// Called by: editor; what a copy is called, by labels of paths and boards.
#pragma once

#include "core/edit/editor.h"

namespace outpost {

Result<CommandOutcome> copy_pipeline(Transaction& transaction, const CopyPipeline& command);

}  // namespace outpost
