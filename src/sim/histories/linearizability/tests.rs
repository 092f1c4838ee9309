//! Small histories whose verdict can be seen with the bare eye.
